import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** One change at a time of a thing and of what hangs on it. */
export const lockItem = (tx: Tx, id: string) => lock(tx, 'register-item', id)
