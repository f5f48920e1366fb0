import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

// Any fixed number.
const rightsLock = 4_950_116

/** Changes of roles go one after the other: of the last two at a desk, both could otherwise be ended at once. */
export const lockRights = (tx: Tx) => sql`select pg_advisory_xact_lock(${rightsLock})`.execute(tx)
