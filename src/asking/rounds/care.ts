import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { closeDone } from './close-round.ts'
import { repeatRound } from './repeat-round.ts'
import { isBeyondClock, nextRepeat } from './rules.ts'

/** What rounds need as time passes: those that are done are closed, those that are due ask again. Any number of workers may do it at once. */
export async function careForRounds(tools: Tools): Promise<void> {
  await closeDone(tools)
  await mendTimes(tools)
  const due = await tools.db
    .selectFrom('round')
    .where('next_repeat_at', '<=', tools.clock())
    .where('closed_at', 'is', null)
    .orderBy('next_repeat_at')
    .select(['id', 'situation_id'])
    .execute()
  // One after the other: each in its own transaction, so that one that fails keeps none of the others waiting for ever.
  const failed: unknown[] = []
  for (const round of due) await repeatRound(tools, round).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}

/** A clock that ran ahead and was put back left times that would come much too late. */
async function mendTimes({ db, clock }: Tools) {
  const now = clock()
  const ahead = await db
    .selectFrom('round')
    .where('next_repeat_at', '>', now)
    .where('repeat_minutes', 'is not', null)
    .select(['id', 'mode', 'repeat_minutes', 'next_repeat_at'])
    .$narrowType<{ repeat_minutes: number; next_repeat_at: Date }>()
    .execute()
  for (const { id, mode, repeat_minutes, next_repeat_at } of ahead) {
    if (!isBeyondClock(next_repeat_at, repeat_minutes, now)) continue
    const mended = nextRepeat(now, repeat_minutes, now)
    await db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('round')
        .set({ next_repeat_at: mended })
        .where('id', '=', id)
        .where('next_repeat_at', '=', next_repeat_at)
        .executeTakeFirst()
      if (numUpdatedRows > 0n)
        await record(tx, { program: 'rounds' }, now, {
          action: 'round.retimed',
          about: `/rounds/${id}`,
          mode,
          details: { next_repeat_at: mended.toISOString(), instead_of: next_repeat_at.toISOString() },
        })
    })
  }
}
