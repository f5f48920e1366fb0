import type pg from 'pg'
import { openDatabase } from '#ground/db/database.ts'
import { mayAll } from '#ground/rights/may.ts'
import type { Tools } from '#ground/tools/tools.ts'

/** The database of this pool as each reader sees it. */
export const dbOn =
  (pool: pg.Pool): Tools['dbOf'] =>
  (person, read_only) =>
    openDatabase(
      pool,
      person
        ? { person_id: person.id, institution_id: person.institution_id, may: mayAll(person), read_only }
        : 'nobody',
    )
