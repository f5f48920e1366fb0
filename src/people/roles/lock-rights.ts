import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** Changes of roles go one after the other: of the last two at a desk, both could otherwise be ended at once. */
export const lockRights = (tx: Tx) => lock(tx, 'roles')
