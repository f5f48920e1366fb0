import type { Tools } from '#app/tools.ts'
import { isAboutAddress, quarantine } from '#contacts/index.ts'
import type { Tx } from '#db/database.ts'
import { letterOfPath } from '#letters/index.ts'
import { record } from '#trail/index.ts'
import { readBounce } from './read-bounce.ts'

type Needed = Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>

/**
 * Takes a mail that came back to the return path of a letter or a delivery. One that will never arrive is noted so, and the
 * address that it went to is stopped if it was the cause; everything else is only written down. The same report twice changes
 * nothing more.
 */
export async function takeBounce(tools: Needed, recipient: string, mail: Uint8Array): Promise<void> {
  const { db, clock, config } = tools
  const at = clock()
  const bounce = await readBounce(mail)
  const id = letterOfPath(config, recipient)
  const answer = `${bounce.status_code} ${bounce.diagnostic ?? ''}`.trim()

  await db.transaction().execute(async (tx) => {
    const letter = id && (await tx.selectFrom('letter').where('id', '=', id).selectAll().forUpdate().executeTakeFirst())
    const delivery = id && !letter ? await deliveryOf(tx, id) : undefined
    await tx
      .insertInto('bounce')
      .values({
        ...bounce,
        finding: letter || delivery ? bounce.finding : 'unknown',
        letter_id: letter ? letter.id : null,
        delivery_id: delivery?.id ?? null,
        recipient: recipient.slice(0, 254),
        received_at: at,
      })
      .execute()
    if (bounce.finding !== 'failed') return
    if (delivery) return failDelivery(tx, tools, at, delivery, answer)
    if (!letter || letter.state === 'bounced') return

    await tx.updateTable('letter').set({ state: 'bounced', answer }).where('id', '=', letter.id).execute()
    await record(tx, { program: 'letters' }, at, {
      action: 'letter.failed',
      about: letter.about,
      details: { letter_id: letter.id, purpose: letter.purpose, answer },
    })
    await stop(tx, tools, at, letter, answer)
  })
}

/** The ladder holds the receipt before its deliveries, and so do we. */
async function deliveryOf(tx: Tx, id: string) {
  const found = await tx.selectFrom('delivery').where('id', '=', id).select('receipt_id').executeTakeFirst()
  if (!found) return undefined
  await tx.selectFrom('receipt').where('id', '=', found.receipt_id).select('id').forUpdate().execute()
  return tx.selectFrom('delivery').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()
}
type Delivery = NonNullable<Awaited<ReturnType<typeof deliveryOf>>>

/** What never arrived was not sent: it has failed, and what follows a failure follows. */
async function failDelivery(tx: Tx, tools: Needed, at: Date, delivery: Delivery, answer: string) {
  // What is on its way again, or failed already, is not ended by an older attempt's report.
  if (delivery.state !== 'sent' && delivery.state !== 'perhaps') return
  const { id, notice_id, institution_id, mode } = delivery
  await tx.updateTable('delivery').set({ state: 'failed', answer }).where('id', '=', id).execute()
  await record(tx, { program: 'deliveries' }, at, {
    action: 'delivery.failed',
    about: `/notices/${notice_id}`,
    mode,
    details: { channel: delivery.channel, failed: 1, perhaps: 0, institution_ids: [institution_id], bounced: id },
  })
  await stop(tx, tools, at, delivery, answer)
}

async function stop(
  tx: Tx,
  tools: Needed,
  at: Date,
  { contact_address_id, queued_at }: { contact_address_id: string | null; queued_at: Date },
  answer: string,
) {
  if (contact_address_id && isAboutAddress(answer))
    await quarantine(tx, tools, at, { address_id: contact_address_id, reason: answer, sent_at: queued_at })
}
