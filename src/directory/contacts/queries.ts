import { createHash } from 'node:crypto'
import type { Database } from '#ground/db/database.ts'
import { may, mayIn, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/**
 * The call tree of an institution (S0-22), for its own people and those who see the whole directory. The association's is
 * everyone's, who may have to call it. For anyone else there is no such institution.
 */
export async function readCallTree(db: Database, reader: Person, institution_id: string) {
  const institution = await db
    .selectFrom('institution')
    .leftJoin('person', 'person.id', 'institution.confirmed_by')
    .where('institution.id', '=', institution_id)
    .select(['institution.id', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .select('institution.supervised_by')
    .select(['institution.confirmed_at', 'person.name_ja as confirmer_ja', 'person.name_en as confirmer_en'])
    .executeTakeFirst()
  const is_visible =
    may(reader, 'directory.see') ||
    institution?.id === reader.institution_id ||
    (institution?.supervised_by === reader.institution_id && may(reader, 'directory.see-supervised')) ||
    (institution?.kind === 'association' && may(reader, 'situation.see'))
  if (!institution || !is_visible) throw new NotFound(`contacts of ${institution_id}`)
  const contacts = await readContacts(db, institution_id)
  return { ...institution, contacts, mark: markOf(contacts) }
}

/** The current contacts of an institution in the order in which they are called, each with the ways to reach them. */
export async function readContacts(db: Database, institution_id: string) {
  const [contacts, addresses] = await Promise.all([
    db
      .selectFrom('contact')
      .leftJoin('person', 'person.id', 'contact.confirmed_by')
      .leftJoin('contact as caller', 'caller.id', 'contact.called_by')
      .where('contact.institution_id', '=', institution_id)
      .where('contact.removed_at', 'is', null)
      .selectAll('contact')
      .select(['person.name_ja as confirmer_ja', 'person.name_en as confirmer_en'])
      .select(['caller.name_ja as caller_ja', 'caller.name_en as caller_en'])
      .orderBy('contact.rank')
      .execute(),
    db
      .selectFrom('contact_address')
      .where('institution_id', '=', institution_id)
      .where('removed_at', 'is', null)
      .selectAll()
      .orderBy('rank')
      .execute(),
  ])
  const of = Map.groupBy(addresses, ({ contact_id }) => contact_id)
  return contacts.map((contact) => ({ ...contact, addresses: of.get(contact.id) ?? [] }))
}

/** Finds one current contact, for who may edit it; who may only edit their own institution's is not told what others have. */
export async function findForEdit(db: Database, by: Person, contact_id: string) {
  const found = await db
    .selectFrom('contact')
    .where('id', '=', contact_id)
    .where('removed_at', 'is', null)
    .select(['id', 'institution_id'])
    .executeTakeFirst()
  mustFind(by, found)
  return found
}

/** The same as the page of it shows it, with the others of its institution. */
export async function readForEdit(db: Database, by: Person, contact_id: string) {
  const { institution_id } = await findForEdit(db, by, contact_id)
  const contacts = await readContacts(db, institution_id)
  const contact = contacts.find(({ id }) => id === contact_id)
  if (!contact) throw new NotFound(`contact ${contact_id}`)
  return { contact, others: contacts.filter(({ id }) => id !== contact_id) }
}

/** One current address with its contact, for who may edit it. */
export async function readAddress(db: Database, by: Person, address_id: string) {
  const found = await db
    .selectFrom('contact_address as address')
    .innerJoin('contact', 'contact.id', 'address.contact_id')
    .where('address.id', '=', address_id)
    .where('address.removed_at', 'is', null)
    .selectAll('address')
    .select(['contact.name_ja', 'contact.name_en', 'contact.person_id'])
    .executeTakeFirst()
  mustFind(by, found)
  return found
}

function mustFind<Row extends { institution_id: string }>(by: Person, row: Row | undefined): asserts row is Row {
  if (row && mayIn(by, 'contact.edit', row.institution_id)) return
  if (!row && may(by, 'contact.edit')) throw new NotFound('contact or address')
  throw new NotAllowed(`${by.id} may not edit this contact`)
}

/** Names one state of the entry: a person confirms what they have seen, and nothing else. */
const markOf = (contacts: readonly { id: string; version: number; rank: number }[]) =>
  createHash('sha256')
    .update(contacts.map(({ id, version, rank }) => `${id}:${version}:${rank}`).join())
    .digest('base64url')
    .slice(0, 16)

export type CallTreeView = Awaited<ReturnType<typeof readCallTree>>
export type ContactView = CallTreeView['contacts'][number]
export type AddressView = ContactView['addresses'][number]
export type EditedAddress = Awaited<ReturnType<typeof readAddress>>
