import type { AnswerWanted, Choice } from '#db/tables.ts'
import { inBoth, type Language } from '#html/language.ts'

const texts = inBoth({
  ja: { acknowledged: '確認しました', report: '状況を報告しました', choice: (place: number) => `${place}番` },
  en: { acknowledged: 'Confirmed', report: 'Status reported', choice: (place: number) => `number ${place}` },
})

/** What an answer says, in a few words: of a choice the very words that were chosen. Free text stays where it is. */
export function saidWords(
  language: Language,
  answer: { given: 'acknowledged' | 'choice' | 'report'; choice?: number | null | undefined },
  choices: readonly Choice[],
): string {
  const say = texts[language]
  if (answer.given !== 'choice') return say[answer.given]
  const place = answer.choice ?? 0
  return choices[place - 1]?.[language] ?? say.choice(place)
}

/** How many answers a number can name: one, two where a report may also be "not normal", or as many as can be chosen. */
export const answersOf = (answer_wanted: AnswerWanted, choices: readonly Choice[]): number =>
  answer_wanted === 'choice' ? choices.length : answer_wanted === 'report' ? 2 : answer_wanted === 'acknowledge' ? 1 : 0
