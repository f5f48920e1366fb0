import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/** One change of a template at a time: a version that is being written would be missed by a removal, and stay behind. */
export const lockTemplate = (tx: Tx, code: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('template ' || ${code}, 0))`.execute(tx)
