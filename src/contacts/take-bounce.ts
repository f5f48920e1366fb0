import type { Tools } from '#app/tools.ts'
import { letterOfPath } from '#letters/index.ts'
import { record } from '#trail/index.ts'
import { quarantine } from './quarantine.ts'
import { readBounce } from './read-bounce.ts'
import { isAboutAddress } from './refusal.ts'

/**
 * Takes a mail that came back to the return path of a letter. A letter that will never arrive is noted as bounced, and the
 * address that it went to is stopped if it was the cause; everything else is only written down. The same report twice changes nothing more.
 */
export async function takeBounce(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  recipient: string,
  mail: Uint8Array,
): Promise<void> {
  const { db, clock, config } = tools
  const at = clock()
  const bounce = await readBounce(mail)
  const letter_id = letterOfPath(config, recipient)

  await db.transaction().execute(async (tx) => {
    const letter = letter_id
      ? await tx.selectFrom('letter').where('id', '=', letter_id).selectAll().forUpdate().executeTakeFirst()
      : undefined
    await tx
      .insertInto('bounce')
      .values({
        ...bounce,
        finding: letter ? bounce.finding : 'unknown',
        letter_id: letter?.id ?? null,
        recipient: recipient.slice(0, 254),
        received_at: at,
      })
      .execute()
    if (!letter || bounce.finding !== 'failed' || letter.state === 'bounced') return

    const answer = `${bounce.status_code} ${bounce.diagnostic ?? ''}`.trim()
    await tx.updateTable('letter').set({ state: 'bounced', answer }).where('id', '=', letter.id).execute()
    await record(tx, { program: 'letters' }, at, {
      action: 'letter.failed',
      about: letter.about,
      details: { letter_id: letter.id, purpose: letter.purpose, answer },
    })
    if (letter.contact_address_id && isAboutAddress(answer))
      await quarantine(tx, tools, at, {
        address_id: letter.contact_address_id,
        reason: answer,
        sent_at: letter.queued_at,
      })
  })
}
