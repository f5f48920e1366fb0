import { quarantine } from '#directory/contacts/index.ts'
import { batches } from '#ground/db/batches.ts'
import { isAboutAddress } from '#ground/mail/refusal.ts'
import type { Tools } from '#ground/tools/tools.ts'

/**
 * Learns from mails that a server refused for good at once: an address of the directory that surely was the cause is stopped, as it is
 * after a letter, unless the relay itself is suspect. The same again changes nothing.
 */
export async function learnRefusals(tools: Tools, delivery_ids: readonly string[]): Promise<void> {
  const { db, clock } = tools
  for (const ids of batches([...delivery_ids])) {
    const refused = await db
      .selectFrom('delivery')
      .where('id', 'in', ids)
      .where('state', '=', 'failed')
      .where('channel', '=', 'mail')
      .where('contact_address_id', 'is not', null)
      .select(['contact_address_id', 'answer', 'queued_at', 'notice_id', 'tries'])
      .execute()
    for (const { contact_address_id, answer, queued_at, notice_id, tries } of refused) {
      if (!contact_address_id || !isAboutAddress(answer ?? '')) continue
      // The others of its batch were settled meanwhile: whether a mail was taken after it is a matter of when it was refused.
      const refused_at = new Date(tries.at(-1)?.at ?? clock())
      const stopped = {
        address_id: contact_address_id,
        reason: answer ?? '',
        sent_at: queued_at,
        notice_id,
        refused_at,
      }
      // Writes its line of the trail, too: record(…).
      await db.transaction().execute((tx) => quarantine(tx, tools, clock(), stopped))
    }
  }
}
