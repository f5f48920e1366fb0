import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Questions that a frozen database has not answered yet: asked once, however many wait. */
const asked = new WeakMap<Database, Promise<boolean>>()

/** Whether the database gives a sign of life within this time. */
export function answers(db: Database, patience_ms: number): Promise<boolean> {
  const question =
    asked.get(db) ??
    sql`select 1`
      .execute(db)
      .then(
        () => true,
        () => false,
      )
      .finally(() => asked.delete(db))
  asked.set(db, question)
  return Promise.race([question, wait(patience_ms, false, { ref: false })])
}
