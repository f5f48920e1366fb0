import type { Tx } from '#ground/db/database.ts'
import { lock, lockShared } from '#ground/db/lock.ts'

/** A change of the whole directory, such as an import of the roster, waits for every other change of it, and they for it. */
export const lockDirectory = (tx: Tx) => lock(tx, 'directory')

/** Changes of one institution's contacts wait for each other, and for a change of the whole directory, until the end of the transaction. */
export async function lockContacts(tx: Tx, institution_id: string) {
  await lockShared(tx, 'directory')
  await lock(tx, 'contacts', institution_id)
}
