import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { record } from '#ground/trail/record.ts'

/** Refusals so close together have one cause. */
export const together_minutes = 10
/** Of so many institutions at once it is not the addresses that are at fault. */
const institutions_max = 2
/** Nor when so much of what one notice went to is refused, if it is more than one institution's. */
const share_of_notice_max = 0.05

const togetherSince = (at: Date) => new Date(at.getTime() - together_minutes * 60_000)

/**
 * Since when a relay that refuses addresses now cannot be believed, with the refusal that is just written down; null when it can.
 * Under the lock of refusals.
 */
export async function relaySuspectSince(
  tx: Tx,
  at: Date,
  { notice_id, came_back }: { notice_id: string | null | undefined; came_back: boolean },
): Promise<Date | null> {
  const known = await tx
    .selectFrom('channel_state')
    .where('channel', '=', 'mail')
    .where('suspect_since', 'is not', null)
    .select('suspect_since')
    .executeTakeFirst()
  if (known?.suspect_since) return known.suspect_since
  return (await manyTogether(tx, togetherSince(at), notice_id)) ?? (came_back ? null : await nothingElse(tx))
}

/** Since when addresses of too many institutions were refused within minutes. */
async function manyTogether(tx: Tx, since: Date, notice_id: string | null | undefined): Promise<Date | null> {
  const { rows } = await sql<{
    first_at: Date | null
    institutions: number
    of_notice: number
    refused: number
    addresses: number
  }>`
    with refused as (select id, institution_id, refused_at from contact_address where refused_at > ${since} and removed_at is null),
    sent as (select distinct contact_address_id, institution_id from delivery
      where notice_id = ${notice_id ?? null} and channel = 'mail' and contact_address_id is not null)
    select (select min(refused_at) from refused) as first_at,
      (select count(distinct institution_id)::int from refused) as institutions,
      (select count(distinct sent.institution_id)::int from sent join refused on refused.id = sent.contact_address_id) as of_notice,
      (select count(*)::int from sent join refused on refused.id = sent.contact_address_id) as refused,
      (select count(*)::int from sent) as addresses`.execute(tx)
  const { first_at = null, institutions = 0, of_notice = 0, refused = 0, addresses = 0 } = rows[0] ?? {}
  const is_many = institutions > institutions_max || (of_notice > 1 && refused > share_of_notice_max * addresses)
  return is_many ? first_at : null
}

/**
 * Since when a relay has refused addresses of several institutions and taken no mail at all, however far apart: where few are sent,
 * many never come together.
 */
async function nothingElse(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ first_at: Date | null; institutions: number }>`
    with taken as (select greatest(
      (select max(sent_at) from delivery where channel = 'mail' and state = 'sent'),
      (select max(sent_at) from letter where state = 'sent')) as last_at)
    select min(refused_at) as first_at, count(distinct institution_id)::int as institutions
    from contact_address, taken where removed_at is null and refused_at > coalesce(last_at, '-infinity')`.execute(tx)
  const { first_at = null, institutions = 0 } = rows[0] ?? {}
  return institutions > 1 ? first_at : null
}

/**
 * Notes that the mail server refuses addresses of several institutions: none of them is stopped, and those that were stopped
 * since the first of these refusals are used again. It holds until a person of the desk has looked.
 */
export async function suspectRelay(tx: Tx, at: Date, { since, why }: { since: Date; why: string }): Promise<void> {
  const lifted = await tx
    .updateTable('contact_address')
    .set({ quarantined_at: null, quarantine_reason: null })
    .where('quarantined_at', 'is not', null)
    .where('refused_at', '>=', since)
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
    values ('mail', ${at}, ${at}, ${since}, ${why})
    on conflict (channel) do update set suspect_since = excluded.suspect_since, suspect_why = excluded.suspect_why
      where known.suspect_since is null
    returning channel`.execute(tx)
  if (begun.length === 0) {
    // Another worker may have been slower to say what it was refused before.
    await tx
      .updateTable('channel_state')
      .set({ suspect_since: sql`least(suspect_since, ${since})` })
      .where('channel', '=', 'mail')
      .execute()
    return
  }
  await record(tx, { program: 'contacts' }, at, {
    action: 'channel.suspected',
    about: '/home',
    details: { channel: 'mail', why, lifted: lifted.map(({ id }) => id).sort() },
  })
}
