import type { Tools } from '#app/tools.ts'
import { isAboutAddress, quarantine } from '#contacts/index.ts'
import { batches } from '#db/batches.ts'
import { record } from '#trail/index.ts'

/**
 * Learns from mails that a server refused for good at once: an address that was the cause is stopped, and the ladder of whoever still
 * has to answer goes on without waiting. The same again changes nothing.
 */
export async function learnRefusals(tools: Tools, delivery_ids: readonly string[]): Promise<void> {
  const { db, clock } = tools
  for (const ids of batches(delivery_ids.map((id) => ({ id })))) {
    const refused = await db
      .selectFrom('delivery')
      .where(
        'id',
        'in',
        ids.map(({ id }) => id),
      )
      .where('state', '=', 'failed')
      .where('channel', '=', 'mail')
      .select(['id', 'receipt_id', 'notice_id', 'mode', 'purpose', 'contact_address_id', 'answer', 'queued_at'])
      .execute()
    for (const { contact_address_id, answer, queued_at, ...of } of refused) {
      if (!isAboutAddress(answer ?? '')) continue
      const at = clock()
      await db.transaction().execute(async (tx) => {
        const moved =
          of.purpose === 'notice'
            ? await tx
                .updateTable('receipt')
                .set({ next_step_at: at })
                .where('id', '=', of.receipt_id)
                .where('closed_at', 'is', null)
                .where('next_step_at', '>', at)
                .returning('id')
                .execute()
            : []
        if (moved.length > 0)
          await record(tx, { program: 'deliveries' }, at, {
            action: 'delivery.failed',
            about: `/notices/${of.notice_id}`,
            mode: of.mode,
            details: { refused: of.id, next_step: 'at once' },
          })
        if (contact_address_id)
          await quarantine(tx, tools, at, {
            address_id: contact_address_id,
            reason: answer ?? '',
            sent_at: queued_at,
          })
      })
    }
  }
}
