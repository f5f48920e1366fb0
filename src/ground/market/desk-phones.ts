import type { Database } from '#ground/db/database.ts'
import { showPhone } from './phone.ts'

const shown_max = 2
const all = ['phone', 'mobile', 'priority_phone', 'satellite'] as const

/**
 * Where the secretariat answers the telephone, as it is dialled at home: what is left when nothing can be sent. For who has
 * not signed in only the numbers of the office (`phone`), no person's own.
 */
export async function deskPhones(db: Database, means: readonly (typeof all)[number][] = all): Promise<string[]> {
  const rows = await db
    .selectFrom('contact_address')
    .innerJoin('contact', 'contact.id', 'contact_address.contact_id')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('institution.kind', '=', 'association')
    .where('contact.removed_at', 'is', null)
    .where('contact_address.removed_at', 'is', null)
    .where('contact_address.quarantined_at', 'is', null)
    .where('contact_address.means', 'in', means)
    .select(['contact_address.address', 'contact_address.extension'])
    .orderBy('contact.rank')
    .orderBy('contact_address.rank')
    .limit(shown_max * 4)
    .execute()
  return [...new Set(rows.map(showPhone))].slice(0, shown_max)
}
