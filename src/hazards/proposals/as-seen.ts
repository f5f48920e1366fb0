import { inBoth, type Language } from '#ground/html/language.ts'

type Shown = { evaluated_at: Date; change_ja: string | null; change_en: string | null }

/** What a form says of the proposal that it shows: which words of the agency it knows. */
export const asSeen = ({ evaluated_at, change_ja }: Pick<Shown, 'evaluated_at' | 'change_ja'>): string =>
  [evaluated_at.toISOString(), change_ja].join(' ').trim()

/** Whether something came since a form was made; a form without a word of it is not asked. */
export const hasChanged = (proposal: Pick<Shown, 'evaluated_at' | 'change_ja'>, seen: string): boolean =>
  seen !== '' && seen !== asSeen(proposal)

const messages = inBoth({
  ja: (change: string) =>
    `この画面を開いた後に、提案が更新されました（${change}）。まだ何も行われていません。内容を確かめて、もう一度押してください`,
  en: (change: string) =>
    `The proposal was updated since this page was opened (${change}). Nothing was done yet. Look at it, then press again`,
})
export const changedWords = (language: Language, { change_ja, change_en }: Shown): string =>
  messages[language]((language === 'en' ? change_en : change_ja) ?? '')
