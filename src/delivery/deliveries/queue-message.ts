import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import type { DeliveryChannel, Mode } from '#ground/db/tables.ts'

/** A message of its own to one person about their institution's receipt, beside what the notice itself says. */
export type OwnMessage = {
  receipt: { id: string; notice_id: string; mode: Mode; institution_id: string }
  recipient_id: string
  contact_address_id: string | null
  purpose: 'done' | 'reply'
  /** Tells messages of one purpose to one address apart; the same again is not sent twice. */
  step: number
  channel: DeliveryChannel
  address: string
  subject: string
  body: string
}

/** After what is urgent, so that a thousand confirmations hold up no notice. */
const urgency = 1

/** Puts messages among the deliveries: they go out when the transaction commits, and never without it. */
export async function queueMessages(tx: Tx, at: Date, host: string, messages: readonly OwnMessage[]): Promise<void> {
  if (messages.length === 0) return
  await tx
    .insertInto('delivery')
    .values(
      messages.map(({ receipt: { id: receipt_id, ...of }, ...message }) => {
        const id = randomUUID()
        return {
          ...of,
          ...message,
          ...{ id, receipt_id, urgency, queued_at: at, next_try_at: at },
          message_id: `<${id}@${host}>`,
          answer: null,
        }
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
