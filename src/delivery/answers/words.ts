import type { Choice, Via } from '#ground/db/tables.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { alternativeWords, damageFields, functionCodes, statusWords } from '#ground/market/words.ts'
import { isAllNormal, isOnAlternative, isRemarked, isWithoutDetails, type SaidOfReport } from './judge-word.ts'

/** Which way an answer or a report came in, wherever one is shown. */
export const viaWords = inBoth<Record<Via, string>>({
  ja: {
    portal: 'ポータル',
    link: '回答用リンク',
    mail: 'メール返信',
    sms: 'SMS返信',
    call: '電話',
    file: 'ファイル連携',
  },
  en: { portal: 'Portal', link: 'Answer link', mail: 'Mail reply', sms: 'SMS reply', call: 'Phone', file: 'File drop' },
})

/** Said wherever an answer or a report is shown that the secretariat wrote down for an institution. */
export const onBehalf = inBoth({ ja: '事務局が代わって記録', en: 'Recorded by the secretariat' })

const texts = inBoth({
  ja: {
    acknowledged: '確認しました',
    report: '状況を報告しました',
    choice: (place: number) => `${place}番`,
    all_normal: 'すべて正常（業務は通常、被害なし、BCP未発動、対策本部なし）',
    no_details: '正常でない（詳しくは後で）',
    alternative: '代替運用中（詳しくは後で）',
    from: (what: string) => `代替先 ${what}`,
    between: '、',
    damage: (what: string, how: string) => `${what}の被害 ${how}`,
    as_usual: 'すべての業務は通常、被害なし',
    remarked: (what: string) => `${what}［補足あり］`,
  },
  en: {
    acknowledged: 'I have read it',
    report: 'Status reported',
    choice: (place: number) => `number ${place}`,
    all_normal: 'All normal (functions as usual, no damage, BCP not activated, no command centre)',
    no_details: 'Not normal (details to follow)',
    alternative: 'Running on the alternative (details to follow)',
    from: (what: string) => `alternative: ${what}`,
    between: ', ',
    damage: (what: string, how: string) => `damage to ${what}: ${how}`,
    as_usual: 'functions as usual, no damage',
    remarked: (what: string) => `${what} [with remarks]`,
  },
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

type OfAlternative = Parameters<typeof alternativeWords>[1]

/** What a report says, in a line: that all is normal, that it is not, or all that differs from it. Remarks stay where they are. */
export function reportWords(language: Language, report: SaidOfReport & OfAlternative): string {
  const say = texts[language]
  const words = statusWords[language]
  if (isAllNormal(report)) return say.all_normal
  if (isWithoutDetails(report) && isOnAlternative(report)) return say.alternative
  if (isWithoutDetails(report)) return say.no_details
  const from = alternativeWords(language, report)
  const parts = [
    ...functionCodes.flatMap((code) => {
      const state = report[code]
      return state === null || state === 'normal'
        ? []
        : [`${words.functions[code]} ${words.conditions[state as keyof typeof words.conditions]}`]
    }),
    ...(from === null ? [] : [say.from(from)]),
    ...damageFields.flatMap((field) =>
      report[field] === 'none' ? [] : [say.damage(words.damage_fields[field], words.damages[report[field]])],
    ),
  ]
  return [
    ...(parts.length > 0 ? parts : [say.as_usual]),
    `BCP ${words.bcp[report.bcp as keyof typeof words.bcp]}`,
    ...(report.command_centre === 'set_up' ? [words.command_centre.set_up] : []),
  ].join(say.between)
}

/** The same, where the remarks do not stand beside it: that there are some. */
export const remarkedWords = (
  language: Language,
  report: Parameters<typeof isRemarked>[0] & SaidOfReport & OfAlternative,
): string =>
  isRemarked(report) ? texts[language].remarked(reportWords(language, report)) : reportWords(language, report)

/** The presses by which the secretariat writes down what an institution said. */
export const recordActs = inBoth({
  ja: {
    acknowledged: '「確認しました」と記録する',
    choice: (text: string) => `「${text}」と記録する`,
    normal: '「すべて正常」と報告する',
    alternative: '「代替運用中」と報告する',
    text: '「正常でない」と報告する',
  },
  en: {
    acknowledged: 'Record “I have read it”',
    choice: (text: string) => `Record “${text}”`,
    normal: 'Report “all normal”',
    alternative: 'Report “running on the alternative”',
    text: 'Report “not normal”',
  },
})
