import type { Tx } from '#ground/db/database.ts'
import { stepsOf } from './ladder.ts'

/** Why what was still to be sent is not sent; it stands with the delivery in place of an answer of the other side. */
export type WhyStopped =
  | 'answered'
  | 'asked again'
  | 'taken back'
  | 'replaced by another notice'
  | 'round closed'
  | 'situation closed'

/** Ends what was still to be sent for these receipts, because they are closed. What is in a worker's hands goes out. */
export async function stopChasing(tx: Tx, receipt_ids: readonly string[], why: WhyStopped) {
  if (receipt_ids.length === 0) return
  await tx
    .updateTable('delivery')
    .set({ state: 'stopped', claimed_until: null, answer: why })
    .where('receipt_id', 'in', receipt_ids)
    .where('state', '=', 'waiting')
    .where('purpose', '=', 'notice')
    .execute()
}

/** Closes every receipt of these notices that is still open, and stops its chasing: the notice was replaced, or its matter is closed. */
export async function endReceipts(tx: Tx, notice_ids: readonly string[], at: Date, why: WhyStopped): Promise<number> {
  if (notice_ids.length === 0) return 0
  const ended = await tx
    .updateTable('receipt')
    .set({ closed_at: at, closed_how: 'ended', next_step_at: null })
    .where('notice_id', 'in', notice_ids)
    .where('closed_at', 'is', null)
    .returning('id')
    .execute()
  // Who is only informed has nothing open; what did not go out yet goes out no more.
  const informed = await tx
    .updateTable('receipt')
    .set({ next_step_at: null })
    .where('notice_id', 'in', notice_ids)
    .where('closed_how', '=', 'informed')
    .returning('id')
    .execute()
  await stopChasing(
    tx,
    [...ended, ...informed].map(({ id }) => id),
    why,
  )
  return ended.length
}

/** Opens a receipt again, because what answered it was taken back: it is chased from the step on that would have come next. */
export async function openAgain(tx: Tx, receipt_id: string, at: Date) {
  const { step, opened_at, answer_wanted, steps } = await tx
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .leftJoin('ladder', 'ladder.id', 'receipt.ladder_id')
    .where('receipt.id', '=', receipt_id)
    .select(['receipt.step', 'receipt.opened_at', 'notice.answer_wanted', 'ladder.steps'])
    .executeTakeFirstOrThrow()
  const next = stepsOf(steps ?? [], answer_wanted)[step]
  const due_ms = next && Math.max(opened_at.getTime() + next.after_minutes * 60_000, at.getTime())
  await tx
    .updateTable('receipt')
    .set({ closed_at: null, closed_how: null, next_step_at: due_ms === undefined ? null : new Date(due_ms) })
    .where('id', '=', receipt_id)
    .execute()
}
