import { answers } from '#ground/db/answers.ts'
import type { Database } from '#ground/db/database.ts'
import type { Hub } from '#ground/live/hub.ts'

const patience_ms = 2000

/** Why the program cannot do its whole work now; empty when it can. Answers within two seconds. */
export async function notReady(db: Database, hub: Hub, workers: () => string[]): Promise<string[]> {
  const is_there = await answers(db, patience_ms)
  return [...(is_there ? [] : ['database']), ...(hub.listening() ? [] : ['live updates']), ...workers()]
}
