import type { Choice, Via } from '#ground/db/tables.ts'
import { inBoth, type Language } from '#ground/html/language.ts'

/** Which way an answer or a report came in, wherever one is shown. */
export const viaWords = inBoth<Record<Via, string>>({
  ja: { portal: 'ポータル', link: '回答用リンク', mail: 'メール返信', sms: 'SMS返信', call: '電話' },
  en: { portal: 'Portal', link: 'Answer link', mail: 'Mail reply', sms: 'SMS reply', call: 'Phone' },
})

/** Said wherever an answer or a report is shown that the secretariat wrote down for an institution. */
export const onBehalf = inBoth({ ja: '事務局が代わって記録', en: 'Recorded by the secretariat' })

const texts = inBoth({
  ja: { acknowledged: '確認しました', report: '状況を報告しました', choice: (place: number) => `${place}番` },
  en: { acknowledged: 'I have read it', report: 'Status reported', choice: (place: number) => `number ${place}` },
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

/** The presses by which the secretariat writes down what an institution said. */
export const recordActs = inBoth({
  ja: {
    acknowledged: '「確認しました」と記録する',
    choice: (text: string) => `「${text}」と記録する`,
    normal: '「すべて正常」と報告する',
    text: '「正常でない」と報告する',
  },
  en: {
    acknowledged: 'Record “I have read it”',
    choice: (text: string) => `Record “${text}”`,
    normal: 'Report “all normal”',
    text: 'Report “not normal”',
  },
})
