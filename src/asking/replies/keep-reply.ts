import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { ReplyFinding } from '#ground/db/tables.ts'
import type { Answerable } from './answerable.ts'
import type { Outcome } from './confirm-back.ts'
import type { Taken } from './give-answer.ts'

type Came = {
  channel: 'mail' | 'sms' | 'link'
  /** Which button behind a link. */
  pressed?: string
  message_id: string
  sender: string
  subject: string
  text: string
  received_at: Date
}
export type Kept = { id: string; finding: ReplyFinding; outcome: Outcome }

/**
 * Keeps a reply with what came of it: the finding that is known already, or what `take` makes of it. Null when it came before; two
 * of the same at once wait for each other.
 */
export async function keepReply(
  tx: Tx,
  came: Came,
  target: Answerable | undefined,
  known: ReplyFinding | null,
  take: (reply_id: string) => Promise<Taken> = () => Promise.resolve('over'),
): Promise<Kept | null> {
  const { channel, message_id, sender } = came
  const recipient_id = target?.recipient_id ?? null
  await lock(tx, 'reply', channel, message_id, sender)
  const before = await tx
    .selectFrom('reply')
    .where('channel', '=', channel)
    .where('message_id', '=', message_id)
    .where('sender', '=', sender)
    // An SMS that comes twice is the same, whatever was open when it came.
    .$if(channel === 'mail', (q) => q.where('recipient_id', recipient_id === null ? 'is' : '=', recipient_id))
    .select('id')
    .executeTakeFirst()
  if (before) return null
  const id = randomUUID()
  const taken = known ?? (await take(id))
  const finding = taken === 'replaced' ? 'over' : taken
  await tx
    .insertInto('reply')
    .values({
      ...came,
      ...{ id, finding, recipient_id, receipt_id: target?.receipt_id ?? null, settled_how: null, settled_by: null },
    })
    .execute()
  return { id, finding, outcome: outcomeOf(taken) }
}

const outcomeOf = (taken: ReplyFinding | Taken): Outcome =>
  taken === 'other_sender' || taken === 'unknown' || taken === 'automatic' ? 'unclear' : taken
