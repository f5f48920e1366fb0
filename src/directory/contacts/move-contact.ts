import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockContacts } from './lock-contacts.ts'
import { readContacts } from './queries.ts'

/** A place in the call tree that nobody has: the two who change places need one between them. */
const spare_rank = 99

/**
 * Lets two neighbours in the call tree change places. `rank` is the place that the person saw: pressed twice, or on an old
 * page, it moves nobody a second time.
 */
export async function moveContact(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, institution_id }: { id: string; institution_id: string },
  { direction, rank }: { direction: 'up' | 'down'; rank: number },
): Promise<void> {
  mustIn(by, 'contact.edit', institution_id)
  const at = clock()

  await db.transaction().execute(async (tx) => {
    await lockContacts(tx, institution_id)
    const contacts = await readContacts(tx, institution_id)
    const index = contacts.findIndex((contact) => contact.id === id)
    const contact = contacts[index]
    const other = contacts[direction === 'up' ? index - 1 : index + 1]
    if (!contact || !other || contact.rank !== rank) return
    const place = (contact_id: string, rank: number) =>
      tx.updateTable('contact').set({ rank }).where('id', '=', contact_id).execute()
    await place(contact.id, spare_rank)
    await place(other.id, contact.rank)
    await place(contact.id, other.rank)
    await record(tx, by, at, {
      action: 'contact.moved',
      about: `/institutions/${institution_id}/contacts`,
      details: { contact_id: id, institution_id, from: contact.rank, to: other.rank },
    })
  })
}
