import type { Tx } from '#ground/db/database.ts'

/** Why what was still to be sent is not sent; it stands with the delivery in place of an answer of the other side. */
export type WhyStopped = 'answered' | 'asked again' | 'replaced by another notice' | 'round closed' | 'situation closed'

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
  await stopChasing(
    tx,
    ended.map(({ id }) => id),
    why,
  )
  return ended.length
}
