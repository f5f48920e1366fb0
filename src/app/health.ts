import { sql } from 'kysely'
import type { Database } from '#db/database.ts'
import type { Hub } from '#live/hub.ts'

/** Why the program cannot do its whole work now; empty when it can. Answers within two seconds. */
export async function notReady(db: Database, hub: Hub, workers: () => string[]): Promise<string[]> {
  const gaveUp = new Promise<'late'>((resolve) => setTimeout(resolve, 2000, 'late').unref())
  const asked = sql`select 1`.execute(db).then(
    () => 'fine' as const,
    () => 'lost' as const,
  )
  const database = await Promise.race([asked, gaveUp])
  return [...(database === 'fine' ? [] : ['database']), ...(hub.listening() ? [] : ['live updates']), ...workers()]
}
