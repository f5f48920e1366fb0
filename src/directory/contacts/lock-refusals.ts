import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** What servers refuse is judged and decided one after the other: whether it is many is a matter of all. */
export const lockRefusals = (tx: Tx) => lock(tx, 'refusals')
