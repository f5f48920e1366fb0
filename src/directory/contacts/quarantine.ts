import type { Tx } from '#ground/db/database.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const reason_length_max = 300

/**
 * Stops an address that does not take mails, with what the server said, and asks the institution's other contacts to mend
 * it. An address that is stopped already, or was verified after that mail went out, stays as it is.
 */
export async function quarantine(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  { address_id, reason, sent_at }: { address_id: string; reason: string; sent_at: Date },
): Promise<void> {
  const stopped = await tx
    .updateTable('contact_address')
    .set({ quarantined_at: at, quarantine_reason: reason.slice(0, reason_length_max) })
    .where('id', '=', address_id)
    .where('removed_at', 'is', null)
    .where('quarantined_at', 'is', null)
    .where((eb) => eb.or([eb('verified_at', 'is', null), eb('verified_at', '<=', sent_at)]))
    .returning(['id', 'contact_id', 'institution_id'])
    .executeTakeFirst()
  if (!stopped) return
  const { contact_id, institution_id } = stopped
  const about = `/institutions/${institution_id}/contacts`
  await record(tx, { program: 'contacts' }, at, {
    action: 'address.quarantined',
    about,
    details: { address_id, contact_id, institution_id, reason: reason.slice(0, reason_length_max) },
  })

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
              purpose: 'address-mend',
            },
          ]
        : [],
    ),
  )
}

const letterText = (
  name_ja: string,
  page: string,
) => `貴機関の連絡先のうち、${name_ja} 様のメールアドレスに届かなくなったため、使用を止めました。
次のページで、新しいアドレスに直すか、確認コードで確認し直してください。

${page}

Mails to ${name_ja} of your institution no longer arrive, so that address is not used any more.
Please change it, or verify it again, on the page above.`
