import { signatureForms } from './signature-forms.ts'

/** Names as they stand in a reply; words for which nobody has to be asked. */
const surnames =
  '佐藤|鈴木|高橋|田中|伊藤|渡[辺邊邉]|山本|中村|小林|加藤|吉田|山田|佐々木|松本|井上|木村|林|[斎斉齋齊]藤|清水|山崎|阿部|森|池田|橋本|山下|中島|前田|藤田|後藤|小川|岡田|村上|長谷川|近藤|石井|坂本|遠藤|藤井|青木|福田|三浦|西村|藤原|太田|松田|原田|岡本|中野|中川|小野|田村|竹内|金子|中山|和田|石田|工藤|上田|森田|酒井|横山|柴田|宮本|内田|高木|安藤|谷口|大野|丸山|今井|高田|藤本|武田|村田|上野|杉山|増田|平野|大塚|久保|松井|小島|岩崎|桜井|野口|松尾|野村|木下|菊[地池]|佐野|大西|杉本|新井|浜田|島田|市川|古川|水野|小松'
/** A given name of somebody whom the directory does not name: only what ends as names do. "高橋 重体" is none. */
const given = String.raw`\p{Script=Han}{0,2}[郎子美介彦雄之樹也恵香奈江]`
const person = `(${surnames})(\\s+${given})?`
/** A firm by its form: one word without a blank, short, and none of the words by which many of them are meant. */
const company = String.raw`(株式会社|[(]株[)])?(?!\S{0,8}(売買|決済|清算|支払|入出金|取引(?!所)|影響|対象|関係|当行|当社|弊社))(?![全各他両先])[\p{Script=Han}\p{Script=Katakana}ー・&]{1,8}(証券|銀行|信託|取引所)(会社)?(株式会社|[(]株[)])?`
/** A department by the words that departments are named with. */
const section =
  '((総務|経営|企画|業務|情報|システム|IT|リスク|コンプライアンス|法務|人事|財務|経理|営業|BCP|BCM|事業継続|危機|災害|緊急|防災|市場|運用|事務|監査|広報|秘書|管財|施設|セキュリティ|管理|対策|統括|推進){1,5}(本部|部|課|室|係|担当者?|グループ|チーム|委員会|事務局)|担当者?)'
const role = '(部長|課長|室長|係長|次長|主任|代表|manager|head)'
/** To whom replies go. */
const receiver = `(日本|証券業|市場|取引所|協会|機構|対策本部|事務局|関係(者|先)?|皆|ご?担当者?|noroshi|${company}|${section}|${person})`
const thanks =
  '(何卒|どうぞ|引き続き|ご確認(の(程|ほど)|を)?)?、?(よろしく|宜しく)?(お願い|御願い)(いた|致|申し上げ)?し?(ます|申し上げます)'
const says =
  '(報告|連絡|返信|返答|回答)(まで|(を|させて)?(いた|致)?(し|だき)ます|(を)?申し上げます|させていただきます|です)?'
const from = '(です|でございます|と申します|より|拝)?'

/** What says nothing wherever it stands. */
const nothing = [
  '((いつも|平素より?は?|大変|毎々)*お世話に?(なって|なり)(おり)?ます|(いつも)?お(疲れ|つかれ)(様|さま)(です|でございます)|おはようございます|こんにちは|こんばんは)',
  '((お|ご)(連絡|知らせ|対応)(いただき)?、?)?(誠に)?(ありがとう|有難う|有り難う)ございます(した)?',
  // To whom it goes, and from whom it is.
  `(${receiver}\\s*){1,4}(御中|各位|様|さま|殿)|関係各位|ご担当(者様|者さま|の皆様)`,
  `(${company}(の|、|,|\\s)*)?(${section}(の|、|,|\\s)*){0,2}(${role}(の|\\s)*)?${person}(\\s*${role})?${from}`,
  `${company}${from}`,
  // How a letter ends.
  `${thanks}|以上(です|となります)?(、?${thanks})?|(取り急ぎ|とりいそぎ|まずは)、?(ご|お|御)?${says}|(ご|お|御)?${says}|失礼(いた|致)?します`,
  '(hello|hi|good (morning|afternoon|evening)|dear( (all|sirs?|sir or madam|madam|team|colleagues|secretariat|noroshi))+|thanks|thank you|(best|kind|warm)? ?(regards|wishes)|sincerely|yours( sincerely| faithfully)?|best)( all| there)?',
].map(whole)

/** What says nothing as a line of its own, as below a name; behind a "1" on its line "営業部" may be all that is normal. */
const lines = [`(${company}\\s*)?${section}(\\s+${section})?`, ...signatureForms].map(whole)
/** Firms in English, by capitals; no more than two words before what they are. */
const english = /^([A-Z][a-z&]{2,20} ){1,2}(Securities|Bank|Trust|Exchange)(,? Co[.]?)?(,? (Ltd|Inc)[.]?)?$/

function whole(pattern: string): RegExp {
  return new RegExp(`^(${pattern})$`, 'iu')
}

/** Departments that have trouble in their names. */
const departments =
  /(災害|危機|障害|緊急|事故)(対策|管理|対応|復旧)(本部|室|部|課|係|担当|グループ|チーム|委員会|事務局)?/g
const trouble =
  /けが|ケガ|ダウン|ストップ|エラー|クラッシュ|トラブル|ハング|キャンセル|SOS|HELP|halt|hang|suspend|dead|freez|frozen|[停断障害故壊火炎燃凍黙沈震浸漏遅延傷亡閉休止倒崩損欠異危険破滅失難困乱被]|不(?![二破動])|ない|なく|未|以外|のみ|だけ|一部|半|down|fail|loss|lost|burn|outage|stop|not|only|except/i

/** As people and their programs write it, in one way: １ ① 1️⃣ ❶ are all 1. */
export const plain = (text: string) =>
  text
    .replace(/[\uFE0F\u20E3\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[❶-❾➀-➈➊-➒⓵-⓽]/gu, (figure) => {
      const code = figure.codePointAt(0) ?? 0
      const first = [0x2776, 0x2780, 0x278a, 0x24f5].find((start) => code >= start && code < start + 9) ?? code
      return String(code - first + 1)
    })
    .normalize('NFKC')

/** Who the writer and their firm are known as. */
export type Names = { people: readonly (string | null)[]; institutions: readonly (string | null)[] }
export const no_names: Names = { people: [], institutions: [] }

/**
 * Whether this part of a reply says nothing of its matter: a greeting, to whom it goes, who writes, how a letter ends. What is not known
 * to be such is taken to say something. Pure.
 */
export const saysNothing = (part: string, names: Names): boolean => isOf(nothing, known(part, names))

/** The same of a line of its own, which may also be one of a signature: a firm, a department, an address, a number, a ruled line. Pure. */
export function lineSaysNothing(line: string, names: Names): boolean {
  if (line.length > known_length_max) return line.trim() === ''
  const with_names = known(line, names)
  return (
    isOf(nothing, with_names) ||
    isOf(lines, with_names) ||
    (english.test(with_names.trim()) && !trouble.test(with_names))
  )
}

/** Longer than any of them; what is longer says something, and is not searched. */
const known_length_max = 200

function isOf(patterns: readonly RegExp[], part: string): boolean {
  if (part.trim().length > known_length_max) return false
  const bare = part
    .trim()
    .replace(/^[\s。.,、!！「」()*_]+|[\s。.,、!！*_]+$/g, '')
    .trim()
  if (bare === '') return true
  if (trouble.test(bare.replace(departments, '部'))) return false
  return [bare, part.trim()].some((each) => patterns.some((pattern) => pattern.test(each)))
}

/** Names of the directory stand for themselves, whatever they are made of. */
function known(part: string, { people, institutions }: Names): string {
  const put = (text: string, names: readonly (string | null)[], instead: string) =>
    names
      .flatMap((name) => (name ? [name, name.replace(/\s+/g, ''), name.split(/\s+/)[0] ?? ''] : []))
      .map((name) => plain(name).trim())
      .filter((name) => name.length > 1)
      .sort((one, other) => other.length - one.length)
      .reduce((so_far, name) => so_far.replaceAll(name, instead), text)
  if (part.length > 2000) return part
  return put(put(part, institutions, '架空証券'), people, '山田')
}
