/** Names as they stand in a reply; words for which nobody has to be asked. */
const surnames =
  '佐藤|鈴木|高橋|田中|伊藤|渡[辺邊邉]|山本|中村|小林|加藤|吉田|山田|佐々木|松本|井上|木村|林|[斎斉齋齊]藤|清水|山崎|阿部|森|池田|橋本|山下|中島|前田|藤田|後藤|小川|岡田|村上|長谷川|近藤|石井|坂本|遠藤|藤井|青木|福田|三浦|西村|藤原|太田|松田|原田|岡本|中野|中川|小野|田村|竹内|金子|中山|和田|石田|工藤|上田|森田|酒井|横山|柴田|宮本|内田|高木|安藤|谷口|大野|丸山|今井|高田|藤本|武田|村田|上野|杉山|増田|平野|大塚|久保|松井|小島|岩崎|桜井|野口|松尾|野村|木下|菊[地池]|佐野|大西|杉本|新井|浜田|島田|市川|古川|水野|小松'
/** What a name of a firm, a department or a place is written with: no verb, and none of the little words that make a sentence. */
const proper = String.raw`[\p{Script=Han}\p{Script=Katakana}a-zー・&().,\s]`
const house =
  '証券|銀行|信託|取引所|機構|協会|会社|[(]株[)]|[^一全大内外細両]部|課|室|係|担当者?|グループ|チーム|事務局|securities|bank|ltd[.]?|inc[.]?|department|team'
const org = `${proper}{0,40}(${house})`
const person = String.raw`(${surnames})(\s+[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,4})?`
const thanks =
  '(何卒|どうぞ|引き続き|ご確認(の(程|ほど)|を)?)?、?(よろしく|宜しく)?(お願い|御願い)(いた|致|申し上げ)?し?(ます|申し上げます)'
const says =
  '(報告|連絡|返信|返答|回答)(まで|(を|させて)?(いた|致)?(し|だき)ます|(を)?申し上げます|させていただきます|です)?'

const nothing = [
  '((いつも|平素より?は?|大変|毎々)*お世話に?(なって|なり)(おり)?ます|(いつも)?お(疲れ|つかれ)(様|さま)(です|でございます)|おはようございます|こんにちは|こんばんは)',
  '((お|ご)(連絡|知らせ|対応)(いただき)?、?)?(誠に)?(ありがとう|有難う|有り難う)ございます(した)?',
  // To whom it goes, and from whom it is.
  `(ご?${proper}{0,40})(御中|各位|様|殿)|ご担当(者様|者さま|の皆様)`,
  `(${org}(の|、|,|\\s)*)?${person}(です|でございます|と申します|より|拝)?`,
  `${org}(です|でございます|より)?`,
  // How a letter ends.
  `${thanks}|以上(です|となります)?(、?${thanks})?|(取り急ぎ|とりいそぎ|まずは)、?(ご|お|御)?${says}|(ご|お|御)?${says}|失礼(いた|致)?します`,
  '(hello|hi|good (morning|afternoon|evening)|dear( (all|sirs?|sir or madam|madam|team|colleagues|secretariat|noroshi))+|thanks|thank you|(best|kind|warm)? ?(regards|wishes)|sincerely|yours( sincerely| faithfully)?|best)( all| there)?',
  // Where else the writer is reached.
  String.raw`(tel|fax|phone|mobile|電話(番号)?|携帯(電話)?|内線|直通|〒)[\s:./]*([+\d()\s.-]|ext|内線|直通|代表)*|(e-?mail|mail)[\s:.]*[\w.+-]+@[\w.-]+|(url|web)[\s:.]*(https?:\S+|[\w-]+([.][\w-]+)+\S*)|[\w.+-]+@[\w.-]+|https?:\S+|[+\d()\s-]{9,24}|〒?[\d-]{7,8}${proper}{0,40}[\d-]*`,
].map((pattern) => new RegExp(`^(${pattern})$`, 'iu'))

/** Departments that have trouble in their names. */
const departments =
  /(災害|危機|障害|緊急|事故)(対策|管理|対応|復旧)(本部|室|部|課|係|担当|グループ|チーム|委員会|事務局)?/g
const trouble =
  /けが|ケガ|ダウン|ストップ|エラー|クラッシュ|トラブル|ハング|キャンセル|SOS|HELP|halt|hang|suspend|dead|[停断障害故壊火震浸漏遅延傷亡閉休止倒崩損欠異危険破滅失難困乱]|不(?![二破動])|ない|なく|未|以外|のみ|だけ|一部|半|down|fail|outage|stop|not|only|except/i

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

/**
 * Whether this part of a reply says nothing of its matter: a greeting, to whom it goes, who writes, how a letter ends. What is not known
 * to be such is taken to say something. Pure.
 */
export function saysNothing(part: string, names: Names): boolean {
  const bare = known(part, names)
    .replace(/^[\s。.,、!！「」()]+|[\s。.,、!！]+$/g, '')
    .trim()
  if (bare === '') return true
  return !trouble.test(bare.replace(departments, '部')) && nothing.some((pattern) => pattern.test(bare))
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
  return put(put(part, institutions, '証券会社'), people, '山田')
}
