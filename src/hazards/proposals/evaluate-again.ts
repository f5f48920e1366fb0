import type { Tools } from '#ground/tools/tools.ts'
import { evaluateEvent } from './evaluate.ts'
import type { LetterTools } from './tell-situation.ts'

/** A criterion that is edited in the hour of need looks back this far; what is older was decided, or is no longer an emergency. */
const hours_back = 24

/** Evaluates every event of the last day once more, each on its own, so that an edited criterion proposes what it now meets. */
export async function evaluateAgain(tools: Pick<Tools, 'db' | 'clock'> & LetterTools) {
  const { db, clock } = tools
  const since = new Date(clock().getTime() - hours_back * 3_600_000)
  const events = await db
    .selectFrom('telegram')
    .where('received_at', '>', since)
    .where('mode', '!=', 'test')
    .select(['event_key', 'mode'])
    .distinct()
    .execute()
  for (const event of events)
    await db.transaction().execute((tx) => evaluateEvent(tx, tools, { program: 'hazards' }, { ...event, at: clock() }))
}
