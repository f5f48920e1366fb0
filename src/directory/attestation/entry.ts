import { createHash } from 'node:crypto'
import { type PointView, readPoint } from '#directory/contact-points/index.ts'
import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

/** What the directory says of one institution: all that is to be confirmed. */
export async function readEntry(db: Database, institution_id: string) {
  const institution = await db
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .select(['id', 'code', 'kind', 'name_ja', 'name_en', 'reading', 'lei', 'mic', 'confirmed_at'])
    .executeTakeFirst()
  if (!institution) throw new NotFound(`institution ${institution_id}`)
  const [contact_point, sites, contacts, addresses] = [
    await readPoint(db, institution_id),
    await db
      .selectFrom('site')
      .where('institution_id', '=', institution_id)
      .select(['id', 'kind', 'address', 'area_code'])
      .orderBy('kind')
      .orderBy('address')
      .execute(),
    await db
      .selectFrom('contact')
      .where('institution_id', '=', institution_id)
      .where('removed_at', 'is', null)
      .select(['id', 'rank', 'name_ja', 'name_en', 'reading', 'title', 'duties', 'hours', 'first_responder'])
      .select(['changed_at', 'confirmed_at'])
      .orderBy('rank')
      .execute(),
    await db
      .selectFrom('contact_address')
      .where('institution_id', '=', institution_id)
      .where('removed_at', 'is', null)
      .select(['contact_id', 'means', 'address', 'extension', 'quarantined_at'])
      .orderBy('rank')
      .execute(),
  ]
  const of = Map.groupBy(addresses, ({ contact_id }) => contact_id)
  return {
    ...institution,
    // From where it works now changes by the hour, and is nothing to confirm once a year.
    contact_point: contact_point.section_ja === null ? null : pick(contact_point),
    sites,
    contacts: contacts.map((contact) => ({ ...contact, addresses: of.get(contact.id) ?? [] })),
  }
}
const pick = ({ section_ja, section_en, phone, mail, office_name, office_address, office_phone }: PointView) => ({
  ...{ section_ja, section_en, phone, mail, office_name, office_address, office_phone },
})
export type Entry = Awaited<ReturnType<typeof readEntry>>

/** Names one state of an entry: what is confirmed is what was seen. Who confirmed it before is no part of it. */
export const entryDigest = ({ confirmed_at: _, contacts, ...entry }: Entry): string =>
  createHash('sha256')
    .update(JSON.stringify([entry, contacts.map(({ confirmed_at: _, ...contact }) => contact)]))
    .digest('base64url')
    .slice(0, 22)
