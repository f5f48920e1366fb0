import type { Tx } from '#ground/db/database.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import { lockRefusals } from './lock-refusals.ts'
import { relaySuspectSince, suspectRelay } from './suspect-relay.ts'

const reason_length_max = 300

/** An address that a server refused for good, surely because there is no such mailbox. */
export type Refused = {
  address_id: string
  /** What the server said. */
  reason: string
  /** When the refused mail was queued. */
  sent_at: Date
  /** The notice that it was, where it was one. */
  notice_id?: string | null
  /** When the server said so, if that was before now. */
  refused_at?: Date
  /** It was taken first and came back: so were perhaps all others, and that none was since says nothing. */
  came_back?: boolean
}

/**
 * Stops an address that does not take mails, with what the server said, and asks the institution's other contacts to mend it. When
 * the addresses of several institutions are refused within minutes, or while nothing else is taken, none is stopped: the relay is at
 * fault, or a person has to look. An address that is stopped already, or was verified after that mail went out, stays as it is.
 */
export async function quarantine(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  { address_id, reason, sent_at, notice_id, refused_at = at, came_back = false }: Refused,
): Promise<void> {
  await lockRefusals(tx)
  const refusal = reason.slice(0, reason_length_max)
  const refused = await tx
    .updateTable('contact_address')
    .set({ refused_at, refusal })
    .where('id', '=', address_id)
    .where('removed_at', 'is', null)
    .where('quarantined_at', 'is', null)
    .where((eb) => eb.or([eb('verified_at', 'is', null), eb('verified_at', '<=', sent_at)]))
    .returning('id')
    .executeTakeFirst()
  if (!refused) return
  const since = await relaySuspectSince(tx, at, { notice_id, came_back })
  if (since) await suspectRelay(tx, at, { since: refused_at < since ? refused_at : since, why: refusal })
  else await stopAddress(tx, tools, at, address_id, { program: 'contacts' })
}

/** Stops an address that was refused; false when it is stopped already, or is refused no longer. */
export async function stopAddress(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  address_id: string,
  by: Actor,
): Promise<boolean> {
  const stopped = await tx
    .updateTable('contact_address')
    .set(({ ref }) => ({ quarantined_at: at, quarantine_reason: ref('refusal') }))
    .where('id', '=', address_id)
    .where('removed_at', 'is', null)
    .where('quarantined_at', 'is', null)
    .where('refused_at', 'is not', null)
    .returning(['contact_id', 'institution_id', 'quarantine_reason'])
    .executeTakeFirst()
  if (!stopped) return false
  const { contact_id, institution_id, quarantine_reason: reason } = stopped
  const about = `/institutions/${institution_id}/contacts`

  const { name_ja } = await tx
    .selectFrom('contact')
    .where('id', '=', contact_id)
    .select('name_ja')
    .executeTakeFirstOrThrow()
  const others = await tx
    .selectFrom('contact_card')
    .where('institution_id', '=', institution_id)
    .where('id', '!=', contact_id)
    .where('mail', 'is not', null)
    .select('mail')
    .execute()
  await queueLetters(
    tx,
    tools,
    at,
    others.flatMap(({ mail }) =>
      mail
        ? [
            {
              address: mail,
              subject: '連絡先を直してください（メールが届きません） / Please mend a contact: mails do not arrive',
              body: letterText(name_ja, `${tools.origin}${about}`),
              about,
              label: 'amber' as const,
              mode: 'actual' as const,
              purpose: 'address-mend',
            },
          ]
        : [],
    ),
  )
  await record(tx, by, at, {
    action: 'address.quarantined',
    about,
    details: { address_id, contact_id, institution_id, reason },
  })
  return true
}

const letterText = (
  name_ja: string,
  page: string,
) => `貴機関の連絡先のうち、${name_ja} 様のメールアドレスに届かなくなったため、使用を止めました。
次のページで、新しいアドレスに直すか、確認コードで確認し直してください。

${page}

Mails to ${name_ja} of your institution no longer arrive, so that address is not used any more.
Please change it, or verify it again, on the page above.`
