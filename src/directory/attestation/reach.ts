import type { NotNull, QueryCreator } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Tables } from '#ground/db/tables.ts'

type Reader = Pick<QueryCreator<Tables>, 'selectFrom'>

/** Institutions that belong to the market on the civil day of `at`: those that are asked. */
export const activeInstitutions = (db: Reader, at: Date) => db.selectFrom('institution').where(isActive(at))

/** The current contacts of those institutions who have a mail address that takes mails: each gets one. */
export const activeContacts = (db: Reader, at: Date) =>
  activeInstitutions(db, at)
    .innerJoin('contact_card as contact', 'contact.institution_id', 'institution.id')
    .where('contact.mail', 'is not', null)
    .$narrowType<{ mail: NotNull }>()
