import type { WhyEnded } from '#delivery/deliveries/index.ts'
import { quarantine } from '#directory/contacts/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { letterOfPath } from '#ground/letters/return-path.ts'
import { isAboutAddress } from '#ground/mail/refusal.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { readBounce } from './read-bounce.ts'

type Needed = Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>

/**
 * Takes a mail that came back to the return path of a letter or a delivery. One that will never arrive is noted so, and the
 * address that it went to is stopped if it surely was the cause; of what cannot be read, whether it arrived is not known any more,
 * and a person finds its words with the delivery. Everything else is only written down. The same report twice changes nothing more.
 */
export async function takeBounce(tools: Needed, recipient: string, mail: Uint8Array): Promise<void> {
  const { db, clock, config } = tools
  const at = clock()
  const { is_over, final_recipient, unclear, ...bounce } = await readBounce(mail)
  const id = letterOfPath(config, recipient)
  const answer = [bounce.status_code, bounce.diagnostic].filter(Boolean).join(' ')

  await db.transaction().execute(async (tx) => {
    const letter = id && (await tx.selectFrom('letter').where('id', '=', id).selectAll().forUpdate().executeTakeFirst())
    const delivery = id && !letter ? await deliveryOf(tx, id) : undefined
    // A letter that was given up may be written again; a notice that did not arrive goes another way now.
    const finding = !letter && !delivery ? 'unknown' : delivery && is_over ? 'failed' : bounce.finding
    await tx
      .insertInto('bounce')
      .values({
        ...bounce,
        finding,
        said: unclear,
        letter_id: letter ? letter.id : null,
        delivery_id: delivery?.id ?? null,
        recipient: recipient.slice(0, 254),
        received_at: at,
      })
      .execute()
    if (unclear !== null) return delivery ? doubtDelivery(tx, at, delivery) : undefined
    if (finding !== 'failed') return
    // A passing trouble stops no address; nor does a mailbox behind it, of whoever else is in that group.
    const isItself = (address: string) =>
      bounce.finding === 'failed' && (final_recipient === null || final_recipient === address.toLowerCase())
    // Addresses before the trail: that is the order of the locks.
    if (delivery) {
      if (!(await failDelivery(tx, delivery, answer))) return
      if (isItself(delivery.address)) await stop(tx, tools, at, delivery, answer)
      await tell(tx, at, delivery, 'failed')
      return
    }
    if (!letter || letter.state === 'bounced') return

    await tx.updateTable('letter').set({ state: 'bounced', answer }).where('id', '=', letter.id).execute()
    if (isItself(letter.address)) await stop(tx, tools, at, { ...letter, notice_id: null }, answer)
    await record(tx, { program: 'letters' }, at, {
      action: 'letter.failed',
      about: letter.about,
      details: { letter_id: letter.id, purpose: letter.purpose, answer },
    })
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

/** What never arrived was not sent: it has failed, and what follows a failure follows. False when that is known or no longer so. */
async function failDelivery(tx: Tx, { id, state }: Delivery, answer: string) {
  // What is on its way again, or failed already, is not ended by an older attempt's report.
  if (state !== 'sent' && state !== 'perhaps') return false
  await tx.updateTable('delivery').set({ state: 'failed', answer, followed_at: null }).where('id', '=', id).execute()
  return true
}

/** Something came back that nobody can read: whether the notice arrived is not known any more. */
async function doubtDelivery(tx: Tx, at: Date, delivery: Delivery) {
  if (delivery.state !== 'sent') return
  const answer: WhyEnded = 'something came back that could not be read'
  await tx.updateTable('delivery').set({ state: 'perhaps', answer }).where('id', '=', delivery.id).execute()
  await tell(tx, at, delivery, 'perhaps')
}

const tell = (
  tx: Tx,
  at: Date,
  { id, notice_id, institution_id, mode, channel }: Delivery,
  what: 'failed' | 'perhaps',
) =>
  record(tx, { program: 'deliveries' }, at, {
    action: 'delivery.failed',
    about: `/notices/${notice_id}`,
    mode,
    details: {
      channel,
      failed: what === 'failed' ? 1 : 0,
      perhaps: what === 'perhaps' ? 1 : 0,
      institution_ids: [institution_id],
      bounced: id,
    },
  })

async function stop(
  tx: Tx,
  tools: Needed,
  at: Date,
  of: { contact_address_id: string | null; queued_at: Date; notice_id: string | null },
  answer: string,
) {
  const { contact_address_id: address_id, queued_at: sent_at, notice_id } = of
  if (address_id && isAboutAddress(answer))
    await quarantine(tx, tools, at, { address_id, reason: answer, sent_at, notice_id, came_back: true })
}
