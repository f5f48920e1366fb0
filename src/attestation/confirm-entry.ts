import type { Person } from '#access/index.ts'
import type { Tx } from '#db/database.ts'

/** The institution and each of its current contacts count as confirmed from now on, by this person. */
export async function confirmEntry(tx: Tx, by: Person, at: Date, institution_id: string): Promise<void> {
  const confirmed = { confirmed_at: at, confirmed_by: by.id }
  await tx
    .updateTable('contact')
    .set(confirmed)
    .where('institution_id', '=', institution_id)
    .where('removed_at', 'is', null)
    .execute()
  await tx.updateTable('institution').set(confirmed).where('id', '=', institution_id).execute()
}
