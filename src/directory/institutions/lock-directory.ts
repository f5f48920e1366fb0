import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/** Two changes of the whole directory, or two processes loading a demo market, wait for each other until the end of the transaction. */
export const lockDirectory = (tx: Tx) => sql`select pg_advisory_xact_lock(4950116)`.execute(tx)
