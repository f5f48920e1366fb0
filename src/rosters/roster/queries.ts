import type { Database } from '#ground/db/database.ts'
import type { Shown } from './count-table.tsx'

/** The last import of this person, as the trail has it. */
export async function lastImport(db: Database, person_id: string): Promise<{ at: Date; counts: Shown } | undefined> {
  const line = await db
    .selectFrom('trail')
    .where('action', '=', 'roster.imported')
    .where('person_id', '=', person_id)
    .select(['at', 'details'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!line) return undefined
  const none = { added: 0, changed: 0, removed: 0, unchanged: 0 }
  const { institutions, contacts } = line.details as Partial<Shown>
  return { at: line.at, counts: { institutions: institutions ?? none, contacts: contacts ?? none } }
}
