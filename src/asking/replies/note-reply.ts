import type { Tx } from '#ground/db/database.ts'
import { record } from '#ground/trail/record.ts'
import { recordRefusal } from '#ground/trail/record-refusal.ts'
import type { Answerable } from './answerable.ts'
import type { Kept } from './keep-reply.ts'

/** What strangers and machines send, as often as they like; what a recipient sends is always a line. */
const strange: readonly Kept['finding'][] = ['unknown', 'other_sender', 'automatic']

/** Tells the trail of a reply that was kept, and what came of it. */
export async function noteReply(
  tx: Tx,
  at: Date,
  { id: reply_id, finding }: Kept,
  channel: 'mail' | 'sms',
  target: Answerable | undefined,
): Promise<void> {
  const is_taken = finding === 'taken' || finding === 'again'
  const line = {
    action: is_taken ? 'reply.taken' : 'reply.refused',
    about: '/replies',
    mode: target?.mode ?? null,
    details: { reply_id, channel, finding, ...(target && { receipt_id: target.receipt_id }) },
  } as const
  const of = target && { recipient_id: target.recipient_id }
  if (strange.includes(finding)) await recordRefusal(tx, { program: 'answers' }, at, { ...line, of })
  else await record(tx, { program: 'answers' }, at, line)
}
