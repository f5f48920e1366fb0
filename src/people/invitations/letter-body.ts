import type { Database } from '#ground/db/database.ts'
import { type Language, languages, named } from '#ground/html/language.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'

/** Whom a letter is for, with the names as the directory has them. */
export type Addressee = {
  name_ja: string
  name_en: string | null
  institution_ja: string
  institution_en: string
}

/** The text of a letter in both languages, Japanese first: to whom, then what `say` says, a paragraph each. */
export const letterBody = (to: Addressee, say: (language: Language) => readonly (string | null)[]): string =>
  languages
    .map((language) => {
      const name = named(language, to)
      const institution = language === 'en' ? to.institution_en : to.institution_ja
      const address = language === 'ja' ? `${institution}\n${name} 様` : `${name}\n${institution}`
      return [address, ...say(language).filter((paragraph) => paragraph !== null)].join('\n\n')
    })
    .join('\n\n----\n\n')

/** The number at which the secretariat is called, as it is dialled at home; null where the directory has none. */
export const deskPhone = async (db: Database): Promise<string | null> => (await deskPhones(db))[0] ?? null
