import type { Database, Tx } from '#ground/db/database.ts'

/** The newest key of an institution, by its generation; undefined: it never had one. */
export const currentKey = (db: Database | Tx, institution_id: string) =>
  db
    .selectFrom('drop_key')
    .where('institution_id', '=', institution_id)
    .orderBy('generation', 'desc')
    .limit(1)
    .selectAll()
    .executeTakeFirst()
