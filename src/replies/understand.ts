import type { AnswerWanted, Choice } from '#db/tables.ts'

/** What a few words mean as an answer to one notice. */
export type Understood =
  | { given: 'acknowledged'; text: string }
  | { given: 'choice'; choice: number; text: string }
  | { given: 'report'; is_normal: boolean; text: string }

/** What may stand behind a number without changing what it says. */
const polite =
  /^(番|番です|です|で|でお願いします|異常なし|異常ありません|異常はありません|すべて正常|全て正常|すべて正常です|正常です|正常|確認しました|了解|了解しました|了解です|承知しました|ok|all normal|normal|confirmed|acknowledged|read)?[。.!！]*$/i

/**
 * Reads the first line of a reply: a number, alone or with a word that adds nothing. A number that begins something else ("1号館が停電",
 * "10名", "12:30") is no answer, and no words are guessed from. Null: it could not be read, and nothing may be done. Pure.
 */
export function understand(
  text: string,
  { answer_wanted, choices }: { answer_wanted: AnswerWanted; choices: readonly Choice[] },
): Understood | null {
  // People write １ and ① as well as 1.
  const [first = '', ...more] = text.trim().split('\n')
  const [, figure = '', behind = ''] =
    /^[「『"'(（【［]?([1-9])[」』"')）】］]?(.*)$/.exec(first.normalize('NFKC').trim()) ?? []
  const number = Number(figure)
  if (!number || /^[\d.,:/-]*\d/.test(behind)) return null
  const rest = behind.replace(/^[\s.,、。:;)\]]+/, '').trim()
  const others = more.join('\n').trim()
  const isAlone = polite.test(rest)

  if (answer_wanted === 'acknowledge') return number === 1 && isAlone ? { given: 'acknowledged', text: others } : null
  if (answer_wanted === 'choice') {
    const choice = choices[number - 1]
    if (!choice || !(isAlone || [choice.ja, choice.en].some((each) => same(each, rest)))) return null
    return { given: 'choice', choice: number, text: others }
  }
  if (answer_wanted !== 'report') return null
  if (number === 1) return isAlone ? { given: 'report', is_normal: true, text: others } : null
  if (number !== 2) return null
  // "2階が浸水" keeps its figure: it may belong to what is said.
  const isApart = behind === '' || /^[\s.,、。:;)\]」』）】]/.test(behind)
  const words = [isApart ? rest : first.trim(), others].filter(Boolean).join('\n')
  return words ? { given: 'report', is_normal: false, text: words } : null
}

const same = (one: string, other: string) =>
  one.normalize('NFKC').replace(/\s+/g, '').toLowerCase() === other.replace(/\s+/g, '').toLowerCase()
