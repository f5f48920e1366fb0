import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { record } from '#ground/trail/record.ts'

/** Refusals so close together have one cause. */
export const together_minutes = 10
/** Of so many institutions at once it is not the addresses that are at fault. */
const institutions_max = 2
/** Nor when so much of what one notice went to is refused, if it is more than one institution's. */
const share_of_notice_max = 0.05

export const togetherSince = (at: Date) => new Date(at.getTime() - together_minutes * 60_000)

/** Whether a relay that refuses addresses now can be believed, with the refusal that is just written down. Under the lock of refusals. */
export async function isRelaySuspect(tx: Tx, at: Date, notice_id: string | null | undefined): Promise<boolean> {
  const known = await tx
    .selectFrom('channel_state')
    .where('channel', '=', 'mail')
    .where('suspect_since', 'is not', null)
    .select('channel')
    .executeTakeFirst()
  if (known) return true
  const since = togetherSince(at)
  const { rows } = await sql<{ institutions: number; of_notice: number; refused: number; addresses: number }>`
    with refused as (select id, institution_id from contact_address where refused_at > ${since} and removed_at is null),
    sent as (select distinct contact_address_id, institution_id from delivery
      where notice_id = ${notice_id ?? null} and channel = 'mail' and contact_address_id is not null)
    select (select count(distinct institution_id)::int from refused) as institutions,
      (select count(distinct sent.institution_id)::int from sent join refused on refused.id = sent.contact_address_id) as of_notice,
      (select count(*)::int from sent join refused on refused.id = sent.contact_address_id) as refused,
      (select count(*)::int from sent) as addresses`.execute(tx)
  const { institutions = 0, of_notice = 0, refused = 0, addresses = 0 } = rows[0] ?? {}
  return institutions > institutions_max || (of_notice > 1 && refused > share_of_notice_max * addresses)
}

/**
 * Notes that the mail server refuses addresses of several institutions: none of them is stopped, and those that just were are used
 * again. It holds until a person of the desk has looked.
 */
export async function suspectRelay(tx: Tx, at: Date, why: string): Promise<void> {
  const since = togetherSince(at)
  const lifted = await tx
    .updateTable('contact_address')
    .set({ quarantined_at: null, quarantine_reason: null })
    .where('quarantined_at', '>', since)
    .where('refused_at', 'is not', null)
    .where('removed_at', 'is', null)
    .returning(['id', 'institution_id'])
    .execute()
  // What asks to mend them is not true any longer.
  if (lifted.length > 0)
    await tx
      .updateTable('letter')
      .set({ state: 'failed', answer: 'not sent: the address is used again' })
      .where('purpose', '=', 'address-mend')
      .where('state', '=', 'waiting')
      .where(
        'about',
        'in',
        lifted.map(({ institution_id }) => `/institutions/${institution_id}/contacts`),
      )
      .execute()
  const { rows: begun } = await sql`
    insert into channel_state as known (channel, since, checked_at, suspect_since, suspect_why)
    values ('mail', ${at}, ${at}, ${at}, ${why})
    on conflict (channel) do update set suspect_since = excluded.suspect_since, suspect_why = excluded.suspect_why
      where known.suspect_since is null
    returning channel`.execute(tx)
  if (begun.length === 0) return
  await record(tx, { program: 'contacts' }, at, {
    action: 'channel.suspected',
    about: '/home',
    details: { channel: 'mail', why, lifted: lifted.map(({ id }) => id).sort() },
  })
}
