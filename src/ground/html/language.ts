export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]

/** The same texts in every language. A text missing in one does not compile. */
export type Texts<T> = Record<Language, T>
export const inBoth = <T>(texts: { ja: T; en: NoInfer<T> }): Texts<T> => texts

/** A name kept in both languages, such as an institution's; English falls back to Japanese where none was given. */
export const named = (language: Language, of: { name_ja: string; name_en: string | null }) =>
  language === 'en' && of.name_en ? of.name_en : of.name_ja
