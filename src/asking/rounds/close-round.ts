import { endReceipts } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import { partsOf, summarize, type WhyClosed } from './summary.ts'

/** Ends a round by hand: nobody of it is asked or chased any more. Closing twice is once. */
export async function closeRound({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string): Promise<void> {
  must(by, 'round.ask')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    if (await close(tx, by, id, at, 'by_hand')) return
    if (!(await tx.selectFrom('round').where('id', '=', id).select('id').executeTakeFirst()))
      throw new NotFound(`round ${id}`)
  })
}

/** Ends every round of a situation that closes, within its own transaction. */
export async function closeRoundsOf(tx: Tx, by: Person, situation_id: string, at: Date): Promise<void> {
  const open = await tx
    .selectFrom('round')
    .where('situation_id', '=', situation_id)
    .where('closed_at', 'is', null)
    .select('id')
    .orderBy('asked_at')
    .execute()
  for (const { id } of open) await close(tx, by, id, at, 'situation_closed')
}

/** Closes rounds by itself, as the worker's care of rounds calls it: those that have nothing left to do; all have answered and none is asked again, or what they said was withdrawn. */
export async function closeDone({ db, clock }: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const at = clock()
  const done = await doneRounds(db).execute()
  for (const { id, is_withdrawn } of done)
    await db.transaction().execute(async (tx) => {
      // Held before the second look: a repeat or a correction that came in between has more to do.
      await tx.selectFrom('round').where('id', '=', id).select('id').forUpdate().execute()
      const is_still = await doneRounds(tx).where('round.id', '=', id).executeTakeFirst()
      if (is_still) await close(tx, { program: 'rounds' }, id, at, is_withdrawn ? 'withdrawn' : 'all_answered')
    })
}

const doneRounds = (db: Pick<Tx, 'selectFrom'>) =>
  db
    .selectFrom('round')
    .where('round.closed_at', 'is', null)
    .where('round.next_repeat_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notice')
            .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
            .whereRef('notice.round_id', '=', 'round.id')
            .where('receipt.closed_at', 'is', null)
            .select('receipt.id'),
        ),
      ),
    )
    .select(['round.id', 'round.mode', 'round.situation_id'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('notice')
          .innerJoin('notice as withdrawal', 'withdrawal.id', 'notice.replaced_by_id')
          .whereRef('notice.round_id', '=', 'round.id')
          .where('withdrawal.kind', '=', 'withdrawal')
          .select('notice.id'),
      ).as('is_withdrawn'),
    )
    .orderBy('round.asked_at')

/** Closes it if it is open, ends what is still asked and sent, and counts it up; gives whether it did. */
async function close(tx: Tx, by: Actor, id: string, at: Date, why: WhyClosed): Promise<boolean> {
  const round = await tx
    .updateTable('round')
    .set({ closed_at: at, closed_by: 'program' in by ? null : by.id, next_repeat_at: null })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning(['situation_id', 'mode', 'asked_at'])
    .executeTakeFirst()
  if (!round) return false
  const notices = await tx.selectFrom('notice').where('round_id', '=', id).select('id').execute()
  await endReceipts(
    tx,
    notices.map((notice) => notice.id),
    at,
    'round closed',
  )
  const { parts, failed_deliveries } = await partsOf(tx, id, at)
  const summary = summarize(parts, { why, asked_at: round.asked_at, failed_deliveries })
  await tx
    .updateTable('round')
    .set({ summary: JSON.stringify(summary) })
    .where('id', '=', id)
    .execute()
  await record(tx, by, at, {
    action: 'round.closed',
    about: `/situations/${round.situation_id}`,
    mode: round.mode,
    details: { ...summary, round_id: id, missing: summary.missing.length, left: summary.left.length },
  })
  return true
}
