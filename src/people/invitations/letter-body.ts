import { showWritten } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'
import { type Language, languages, named } from '#ground/html/language.ts'

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
export async function deskPhone(db: Database): Promise<string | null> {
  const first = await db
    .selectFrom('contact_card')
    .innerJoin('institution', 'institution.id', 'contact_card.institution_id')
    .where('institution.kind', '=', 'association')
    .where('contact_card.phone', 'is not', null)
    .select('contact_card.phone')
    .orderBy('contact_card.rank')
    .limit(1)
    .executeTakeFirst()
  return first?.phone ? showWritten(first.phone) : null
}
