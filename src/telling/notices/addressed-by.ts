import type { Database, Tx } from '#ground/db/database.ts'
import { Audience, membersOf, nobody } from '#telling/audience/index.ts'
import { reachedBy } from './queries.ts'

/** Whom a release reaches: exactly those whom the notice before it reached, or who belongs to its audience at this moment. */
export async function addressedBy(
  db: Database | Tx,
  { replaces_id, audience }: { replaces_id: string | null; audience: unknown },
  at: Date,
): Promise<string[]> {
  if (replaces_id) return reachedBy(db, replaces_id)
  return (await membersOf(db, Audience.safeParse(audience).data ?? nobody, at).execute()).map(({ id }) => id)
}
