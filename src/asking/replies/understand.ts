import type { AnswerWanted, Choice } from '#ground/db/tables.ts'
import { alternativeIn, isBareAlternative } from './alternative-words.ts'
import { lineSaysNothing, type Names, no_names, plain, saysNothing } from './small-words.ts'

/** What a few words mean as an answer to one notice. */
export type Understood =
  | { given: 'acknowledged'; text: string }
  | { given: 'choice'; choice: number; text: string }
  | { given: 'report'; how: 'normal' | 'alternative' | 'not_normal'; text: string }

const all =
  '(特に|とくに|全て|すべて|全部|全店舗?|全拠点|全業務|全システム|業務上?|システム|設備|建物|人員|社員|役?職員|当社|弊社|当機関|現在|現時点|現状|今のところ|いまのところ|いずれ|とも|共に|等|など|、|は|も|に|で|の|\\s)*'
const none =
  '(なし|無し|無|無い|ない|(あり|有り|ござい|見当たり|認められ)ません(でした)?|(なかった|無かった)|(発生|生じて|起きて)(して)?(い|おり)ません)'
/** That all is as it should be: nothing wrong is there, or everything runs. */
const good = [
  `${all}(異常|問題|支障|影響|被害|障害|トラブル|不具合|変わり)${all}${none}`,
  `${all}(正常|通常|平常|無事|大丈夫)(どおり|通り|に|で)?(稼働|運転|営業|業務|動作|機能|継続|運営)?(中|して(います|おります|いる)|できています)?`,
  'all (is |are )?(normal|fine|ok|good|well)|normal|fine|no (damage|problems?|issues?|trouble|abnormalit(y|ies))',
]
const polite = [
  '(番|で(お願い|回答|報告)?(いた|致)?し?(ます)?|に(なり|いたし)ます|となります)',
  '(内容を?)?(確認|了解|承知|受領|受信|拝受|拝見|拝読)(済み?|いた|致)?(しました|です)?',
  '受け取りました|承りました|読みました|はい|ok|yes|confirmed|acknowledged|read|received|noted|understood|i have read it',
]
const ending = '(です|でございます|でした|となります|になります)?'
const goodWords = new RegExp(`^(${good.join('|')})${ending}$`, 'i')
const courteous = new RegExp(`^(${polite.join('|')})?${ending}$`, 'i')
const politeWords = new RegExp(`^(${[...good, ...polite].join('|')})?${ending}$`, 'i')

/** Right behind a number: a date, an hour or a duration, as absences begin with. ("2日本橋支店" is none.) */
const time =
  /^(年|週間|[かヶカケ]月|営業日|月(\d|[初末上中下からまでよ])|日(間|から|まで|より|[にのはで、。(]|午|$)|時(\d|間|半|頃|から|まで|より|以|[にごの、。]|$)|分(間|後|以|ほど|$))/

const before =
  /^((当社|弊社)の)?(ご?回答|返信|返答|答え?|番号|選択|結果|報告|状況|answer|reply|number|option|no)(番号|は)?\s*[:.=]?\s*/i
const number = /^[「『"'([【［[→⇒▶>・*#]*([1-9])[」』"')\]】］]?(.*)$/

/**
 * Reads a reply whose first words that say anything are a number. "1" is all normal only when nothing else is said, on the same line
 * or on another: a greeting, a name, an ending and "nothing is wrong" add nothing, and anything that is not known to add nothing
 * does. A number that begins something else ("1号館が停電", "10名", "12:30") is no answer, and no words are guessed from. Null: it
 * could not be read, and nothing may be done. Pure.
 */
export function understand(
  text: string,
  {
    answer_wanted,
    choices,
    names = no_names,
  }: { answer_wanted: AnswerWanted; choices: readonly Choice[]; names?: Names },
): Understood | null {
  const [first = '', ...more] = beginning(text.trim().split('\n'), names)
  const [, figure = '', behind = ''] = number.exec(plain(first).trim().replace(before, '')) ?? []
  const figured = Number(figure)
  if (!figured || /^[\d.,:/-]*\d/.test(behind) || time.test(behind)) return null
  const rest = behind.replace(/^[\s.,、。:;)\]]+/, '').trim()
  const others = more.join('\n').trim()
  const isSmall = (part: string) => eachPart(part, (each) => politeWords.test(each) || saysNothing(each, names))
  const is_alone = isSmall(rest)

  if (answer_wanted === 'acknowledge') return figured === 1 && is_alone ? { given: 'acknowledged', text: others } : null
  if (answer_wanted === 'choice') {
    const choice = choices[figured - 1]
    if (!choice || !(is_alone || [choice.ja, choice.en].some((each) => same(each, rest)))) return null
    const is_other = more.some((line) =>
      choices.some((each) => each !== choice && [each.ja, each.en].some((words) => same(words, line))),
    )
    return is_other ? null : { given: 'choice', choice: figured, text: others }
  }
  if (answer_wanted !== 'report') return null
  if (figured === 1)
    return is_alone && more.every((line) => lineSaysNothing(plain(line), names) || isSmall(plain(line)))
      ? { given: 'report', how: 'normal', text: '' }
      : null
  if (figured !== 2 && figured !== 3) return null
  // "2階が浸水" keeps its figure: it may belong to what is said.
  const is_apart = behind === '' || /^[\s.,、。:;)\]」』）】]/.test(behind)
  const words = [is_apart || figured === 3 ? rest : first.trim(), others].filter(Boolean).join('\n')
  // Wholly clear: "2 第2センターで代替運用中です" is no trouble of which nothing is known.
  const alternative = alternativeIn(plain(words), (each) => courteous.test(each) || lineSaysNothing(each, names))
  if (alternative !== null && (figured === 3 || alternative !== ''))
    return { given: 'report', how: 'alternative', text: isBareAlternative(alternative) ? '' : alternative }
  if (figured === 3) return null
  // "2, nothing is wrong" says two things at once.
  if (eachPart(plain(words), (each) => each === '' || goodWords.test(each) || saysNothing(each, names))) return null
  return { given: 'report', how: 'not_normal', text: words }
}

/** From the first words on that say anything, which may stand behind a greeting on its line. */
function beginning(lines: readonly string[], names: Names): string[] {
  const at = lines.findIndex((line) => !lineSaysNothing(plain(line), names))
  const [line = '', ...more] = lines.slice(Math.max(at, 0))
  const sentences = line.split(/(?<=[。!！])/)
  const says = sentences.findIndex((sentence) => !saysNothing(plain(sentence), names))
  return [sentences.slice(Math.max(says, 0)).join(''), ...more]
}

/** Whether this is so of the words as a whole, of each of its sentences, or of each of its words. */
function eachPart(words: string, isSo: (part: string) => boolean): boolean {
  return [/\n/, /[\n。.!！]/, /[\n。.!！、,]/, /[\n。.!！、,\s]/].some((between) =>
    words.split(between).every((part) => isSo(part.trim())),
  )
}

const same = (one: string, other: string) =>
  plain(one).replace(/\s+/g, '').toLowerCase() === plain(other).replace(/\s+/g, '').toLowerCase()
