import type { AnswerWanted, Choice } from '#ground/db/tables.ts'

/** What a few words mean as an answer to one notice. */
export type Understood =
  | { given: 'acknowledged'; text: string }
  | { given: 'choice'; choice: number; text: string }
  | { given: 'report'; is_normal: boolean; text: string }

/** What may stand behind a number without changing what it says. */
const polite =
  /^(番|番です|です|で|でお願いします|異常なし|異常ありません|異常はありません|すべて正常|全て正常|すべて正常です|正常です|正常|確認しました|了解|了解しました|了解です|承知しました|ok|all normal|normal|confirmed|acknowledged|read)?[。.!！]*$/i

/** What people begin with out of politeness and what says nothing: a greeting, or to whom it goes. */
const greetings =
  /^((いつも|平素より?は?|大変|毎々)*お世話に?(なって|なり)(おり)?ます|お(疲れ|つかれ)(様|さま)(です|でございます)|(お|ご)連絡ありがとうございます|おはようございます|こんにちは|こんばんは|取り急ぎ(返信|ご返信|ご連絡)(いた|致)?します|\D{0,40}(御中|各位)|(hello|hi|good (morning|afternoon|evening)|dear [^\d]{1,40}|thank you)( all| there)?)[\s。.,、!！]*$/i

/** Right behind a number: a date, an hour or a duration, as absences begin with. ("2日本橋支店" is none.) */
const time =
  /^(年|週間|[かヶカケ]月|営業日|月(\d|[初末上中下からまでよ])|日(間|から|まで|より|[にのはで、。(]|午|$)|時(\d|間|半|頃|から|まで|より|以|[にごの、。]|$)|分(間|後|以|ほど|$))/

/**
 * Reads the first line of a reply that is more than a greeting: a number, alone or with a word that adds nothing. A number that begins
 * something else ("1号館が停電", "10名", "12:30") is no answer, and no words are guessed from. Null: it could not be read, and nothing
 * may be done. Pure.
 */
export function understand(
  text: string,
  { answer_wanted, choices }: { answer_wanted: AnswerWanted; choices: readonly Choice[] },
): Understood | null {
  // People write １ and ① as well as 1.
  const lines = text.trim().split('\n')
  const begins = lines.findIndex((line) => line.trim() !== '' && !greetings.test(line.normalize('NFKC').trim()))
  const [first = '', ...more] = lines.slice(Math.max(begins, 0))
  const [, figure = '', behind = ''] =
    /^[「『"'(（【［]?([1-9])[」』"')）】］]?(.*)$/.exec(first.normalize('NFKC').trim()) ?? []
  const number = Number(figure)
  if (!number || /^[\d.,:/-]*\d/.test(behind) || time.test(behind)) return null
  const rest = behind.replace(/^[\s.,、。:;)\]]+/, '').trim()
  const others = more.join('\n').trim()
  const is_alone = polite.test(rest)

  if (answer_wanted === 'acknowledge') return number === 1 && is_alone ? { given: 'acknowledged', text: others } : null
  if (answer_wanted === 'choice') {
    const choice = choices[number - 1]
    if (!choice || !(is_alone || [choice.ja, choice.en].some((each) => same(each, rest)))) return null
    return { given: 'choice', choice: number, text: others }
  }
  if (answer_wanted !== 'report') return null
  if (number === 1) return is_alone ? { given: 'report', is_normal: true, text: others } : null
  if (number !== 2) return null
  // "2階が浸水" keeps its figure: it may belong to what is said.
  const is_apart = behind === '' || /^[\s.,、。:;)\]」』）】]/.test(behind)
  const words = [is_apart ? rest : first.trim(), others].filter(Boolean).join('\n')
  return words ? { given: 'report', is_normal: false, text: words } : null
}

const same = (one: string, other: string) =>
  one.normalize('NFKC').replace(/\s+/g, '').toLowerCase() === other.replace(/\s+/g, '').toLowerCase()
