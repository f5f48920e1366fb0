import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Within a person's transaction does one thing that no right of a person reaches, such as ending another's sessions; then it is theirs again. */
export async function asProgram<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ scope: string | null }>`
    select current_setting('noroshi.scope', true) as scope, set_config('noroshi.scope', 'program', true)`.execute(tx)
  // After an error the transaction is lost, and its settings with it.
  const done = await work()
  await sql`select set_config('noroshi.scope', ${rows[0]?.scope ?? ''}, true)`.execute(tx)
  return done
}
