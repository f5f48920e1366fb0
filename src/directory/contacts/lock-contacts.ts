import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/** Any fixed number: an import of the roster takes this lock alone, changes of single entries share it. */
export const directory_lock = 4_950_116

/** Changes of one institution's contacts wait for each other, and for an import of the roster, until the end of the transaction. */
export const lockContacts = (tx: Tx, institution_id: string) =>
  sql`select pg_advisory_xact_lock_shared(${directory_lock}), pg_advisory_xact_lock(4950117, hashtext(${institution_id}))`.execute(
    tx,
  )
