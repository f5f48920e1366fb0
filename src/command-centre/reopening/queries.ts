import type { Database } from '#ground/db/database.ts'

const reopenings = (db: Database, situation_id: string) =>
  db
    .selectFrom('reopening')
    .innerJoin('person as asker', 'asker.id', 'reopening.asked_by')
    .leftJoin('person as decider', 'decider.id', 'reopening.decided_by')
    .where('reopening.situation_id', '=', situation_id)
    .selectAll('reopening')
    .select(['asker.name_ja as asked_by_ja', 'asker.name_en as asked_by_en'])
    .select(['decider.name_ja as decided_by_ja', 'decider.name_en as decided_by_en'])

/** The one that waits for a second person; undefined when none does. */
export const waitingReopening = (db: Database, situation_id: string) =>
  reopenings(db, situation_id).where('decision', 'is', null).executeTakeFirst()
export type Reopening = NonNullable<Awaited<ReturnType<typeof waitingReopening>>>

/** Whether somebody asks to open it again; and once it is open again, what has been done since of what is to be done then. */
export async function reopeningState(db: Database, situation_id: string) {
  const [last] = await reopenings(db, situation_id)
    .where((eb) => eb.or([eb('decision', 'is', null), eb('decision', '=', 'agreed')]))
    .select(({ selectFrom, exists }) => {
      const released = selectFrom('notice')
        .whereRef('notice.situation_id', '=', 'reopening.situation_id')
        .whereRef('notice.released_at', '>', 'reopening.decided_at')
        .select('notice.id')
      return [
        exists(released.where('notice.answer_wanted', '=', 'report')).as('has_asked'),
        exists(released.where('notice.answer_wanted', '!=', 'report')).as('has_told'),
      ]
    })
    .orderBy('asked_at', 'desc')
    .limit(1)
    .execute()
  return last ?? null
}
export type ReopeningState = Awaited<ReturnType<typeof reopeningState>>
