import { writePhone } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Means, RecipientAddress } from '#ground/db/tables.ts'

/** Where people speak, or fax. */
const dialled = ['mobile', 'phone', 'priority_phone', 'satellite', 'fax'] as const satisfies Means[]
const isDialled = (means: Means) => (dialled as readonly Means[]).includes(means)

/** A number; `change`: against what the directory said when the notice went out. */
export type NumberNow = { means: Means; address: string; change: 'new' | 'gone' | null }
/** A person to ring; gone: no longer in the directory, named only so that nobody looks for them. */
export type PersonNow = {
  id: string
  name_ja: string
  name_en: string | null
  change: 'new' | 'gone' | null
  numbers: NumberNow[]
}

type Stamped = { contact_id: string; name_ja: string; name_en: string | null; addresses: readonly RecipientAddress[] }
type Contact = { id: string; name_ja: string; name_en: string | null }
type Address = { means: Means; address: string; extension?: string }

/** Whom to ring as the directory stands now, in the order of the call tree, with what has changed since the notice went out. Pure. */
export function peopleNow(
  contacts: readonly (Contact & { addresses: readonly Address[] })[],
  stamped: readonly Stamped[],
): PersonNow[] {
  const now = contacts.map(({ id, name_ja, name_en, addresses }): PersonNow => {
    const before = stamped.find(({ contact_id }) => contact_id === id)
    const numbers = numbersNow(addresses, before?.addresses ?? null)
    return { id, name_ja, name_en, change: before ? null : 'new', numbers }
  })
  const gone = stamped
    .filter(({ contact_id }) => !contacts.some(({ id }) => id === contact_id))
    .map(({ contact_id: id, name_ja, name_en }): PersonNow => ({ id, name_ja, name_en, change: 'gone', numbers: [] }))
  return [...now, ...gone]
}

/** `before` null: the person was not written to. Pure. */
export function numbersNow(now: readonly Address[], before: readonly RecipientAddress[] | null): NumberNow[] {
  const isSame = (one: Address, other: Address) => one.means === other.means && one.address === other.address
  return [
    ...now
      .filter(({ means }) => isDialled(means))
      .map(
        (one): NumberNow => ({
          means: one.means,
          address: writePhone({ address: one.address, extension: one.extension ?? '' }),
          change: before && !before.some((other) => isSame(one, other)) ? 'new' : null,
        }),
      ),
    ...(before ?? [])
      .filter((one) => isDialled(one.means) && !now.some((other) => isSame(one, other)))
      .map(({ means, address }): NumberNow => ({ means, address, change: 'gone' })),
  ]
}

/** The current contacts of these institutions with every number that works, by institution. */
export async function contactsNow(db: Database, institution_ids: readonly string[]) {
  if (institution_ids.length === 0) return new Map<string, never>()
  const [contacts, addresses] = await Promise.all([
    db
      .selectFrom('contact')
      .where('institution_id', 'in', institution_ids)
      .where('removed_at', 'is', null)
      .select(['id', 'institution_id', 'name_ja', 'name_en'])
      .orderBy('rank')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('contact_address')
      .where('institution_id', 'in', institution_ids)
      .where('removed_at', 'is', null)
      .where('quarantined_at', 'is', null)
      .where('means', 'in', dialled)
      .select(['contact_id', 'means', 'address', 'extension'])
      .orderBy('rank')
      .execute(),
  ])
  const of = Map.groupBy(addresses, ({ contact_id }) => contact_id)
  return Map.groupBy(
    contacts.map((contact) => ({ ...contact, addresses: of.get(contact.id) ?? [] })),
    ({ institution_id }) => institution_id,
  )
}
