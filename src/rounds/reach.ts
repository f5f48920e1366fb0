import type { NotNull, QueryCreator } from 'kysely'
import type { Person } from '#access/index.ts'
import type { Database } from '#db/database.ts'
import type { Tables } from '#db/tables.ts'
import { civilDay } from './civil-day.ts'
import type { Letter } from './compose-mail.ts'

type Reader = Pick<QueryCreator<Tables>, 'selectFrom'>

/** Institutions that belong to the market on the civil day of `at`: those that a round asks. */
export const activeInstitutions = (db: Reader, at: Date) =>
  db
    .selectFrom('institution')
    .where('institution.active_from', '<=', civilDay(at))
    .where((eb) => eb.or([eb('institution.active_to', 'is', null), eb('institution.active_to', '>=', civilDay(at))]))

/** The current contacts of those institutions who have a mail address that takes mails: each gets one. */
export const activeContacts = (db: Reader, at: Date) =>
  activeInstitutions(db, at)
    .innerJoin('contact_card as contact', 'contact.institution_id', 'institution.id')
    .where('contact.mail', 'is not', null)
    .$narrowType<{ mail: NotNull }>()

/** Whom a round would reach if it were asked now, and who could not be reached by mail. */
export async function reachNow(db: Database, at: Date) {
  const [institutions, people, without_contact] = await Promise.all([
    activeInstitutions(db, at)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
    activeContacts(db, at)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
    activeInstitutions(db, at)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('contact_card')
              .whereRef('contact_card.institution_id', '=', 'institution.id')
              .where('contact_card.mail', 'is not', null)
              .select('contact_card.id'),
          ),
        ),
      )
      .select(['institution.id', 'institution.name_ja', 'institution.name_en'])
      .orderBy('institution.name_ja')
      .execute(),
  ])
  return { institutions: Number(institutions.count), people: Number(people.count), without_contact }
}

export type Reach = Awaited<ReturnType<typeof reachNow>>

/** The mail that the first contact of the market would get, to be looked at before anything is sent; undefined when there is no contact. */
export async function sampleLetter(
  db: Database,
  { origin, situation, round, by }: Pick<Letter, 'origin' | 'situation' | 'round'> & { by: Person },
): Promise<(Letter & { address: string }) | undefined> {
  const [first, sender] = await Promise.all([
    activeContacts(db, round.asked_at)
      .select(['institution.name_ja', 'institution.name_en', 'contact.mail'])
      .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
      .orderBy('contact.rank')
      .orderBy('institution.name_ja')
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('institution')
      .leftJoin('contact_card as contact', (join) =>
        join.onRef('contact.institution_id', '=', 'institution.id').on('contact.rank', '=', 1),
      )
      .where('institution.id', '=', by.institution_id)
      .select(['institution.name_ja', 'institution.name_en', 'contact.phone'])
      .executeTakeFirstOrThrow(),
  ])
  if (!first) return undefined
  const { name_ja, name_en, contact_ja, contact_en, mail } = first
  return {
    origin,
    situation,
    round,
    institution: { name_ja, name_en },
    contact: { name_ja: contact_ja, name_en: contact_en },
    sender,
    address: mail as string,
  }
}
