import type { NotNull, QueryCreator } from 'kysely'
import type { Tables } from '#db/tables.ts'
import { civilDay } from './civil-day.ts'

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
