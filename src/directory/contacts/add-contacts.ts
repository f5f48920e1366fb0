import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { batches } from '#ground/db/batches.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Means, Tables } from '#ground/db/tables.ts'
import { look } from './look.ts'

export type NewAddress = { means: Means; address: string } & Partial<
  Pick<Insertable<Tables['contact_address']>, 'extension' | 'is_role_mailbox' | 'person_behind'>
>
/** A contact to add, with the ways to reach them in the order in which they are tried. */
export type NewContact = Insertable<Tables['contact']> & { addresses: NewAddress[] }

/** Writes contacts and their addresses, in few statements however many there are; gives their ids in the same order. */
export async function addContacts(tx: Tx, contacts: NewContact[]): Promise<string[]> {
  const known = contacts.map((contact) => ({ ...contact, id: contact.id ?? randomUUID() }))
  for (const rows of batches(known.map(({ addresses: _, ...contact }) => contact)))
    await tx.insertInto('contact').values(rows).execute()
  const addresses = known.flatMap(({ id, institution_id, addresses }) =>
    addresses.map((each, index) => ({
      ...each,
      contact_id: id,
      institution_id,
      look: look(each.address),
      rank: index + 1,
    })),
  )
  for (const rows of batches(addresses)) await tx.insertInto('contact_address').values(rows).execute()
  return known.map(({ id }) => id)
}

/** A mail and a number as the roster of an institution has them. */
export const plainAddresses = (mail: string | null, phone: string | null): NewAddress[] => {
  const [number = '', extension = ''] = phone?.split(';ext=') ?? []
  return [
    ...(mail ? [{ means: 'mail' as const, address: mail }] : []),
    ...(number ? [{ means: 'phone' as const, address: number, extension }] : []),
  ]
}
