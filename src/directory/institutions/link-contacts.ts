import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/** Links each current contact of these institutions to the account of the same institution with the same mail address. */
export const linkContacts = (tx: Tx, codes: string[]) =>
  sql`
  update contact set person_id = person.id
  from institution, person, contact_address
  where institution.code = any(${codes})
    and contact.institution_id = institution.id
    and contact.removed_at is null
    and person.institution_id = institution.id
    and person.left_at is null
    and contact_address.contact_id = contact.id
    and contact_address.means = 'mail'
    and contact_address.removed_at is null
    and person.email = contact_address.address
    and contact.person_id is distinct from person.id`.execute(tx)
