import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'

/** One address that a notice went to, and whose it was. */
export type Reached = {
  contact_id: string | null
  contact_address_id: string | null
  channel: ChannelName
  address: string
}

type Replacing = { replaces_id: string | null; institution_id: string }
/** was_reached: it took the notice, or may have; speaks: the contact is still one, and the address still takes something. */
type Before = Reached & { replaces_id: string; institution_id: string; was_reached: boolean; speaks: boolean }

/**
 * Where the notices that these replace went, those before them, and the other askings of their round, by institution: a correction
 * or a withdrawal goes to the very same at once, whoever would be first on the ladder (N-8). What was never handed over, or was
 * refused, is not among them; who has the first notice and missed its correction is. Nor is who no longer speaks for the
 * institution, nor an address that was removed or stopped.
 */
export async function reachedBefore(
  db: Database,
  replacing: readonly Replacing[],
): Promise<(receipt: Replacing) => Reached[]> {
  const rows = (await readBefore(db, replacing)).filter(({ was_reached, speaks }) => was_reached && speaks)
  const keyOf = (one: Replacing) => `${one.replaces_id} ${one.institution_id}`
  const found = Map.groupBy(rows, keyOf)
  return (receipt) => found.get(keyOf(receipt)) ?? []
}

/**
 * Contacts to whom a notice that replaces this one goes, or would once what is under way has arrived, and contacts who had it and are
 * left out now. A further step of the ladder adds to them; that the first is taken, or what is on its way arrives, does not.
 */
export async function goesAgain(db: Database, replaces_id: string, institution_ids: readonly string[]) {
  const rows = await readBefore(
    db,
    institution_ids.map((institution_id) => ({ replaces_id, institution_id })),
  )
  const begun = await firstToBeReached(db, replaces_id, institution_ids)
  const to = new Set([
    ...begun,
    ...rows.flatMap(({ speaks, contact_id }) => (speaks && contact_id ? [contact_id] : [])),
  ])
  const had = new Set(rows.flatMap(({ was_reached, contact_id }) => (was_reached && contact_id ? [contact_id] : [])))
  return { to: [...to].sort(), left_out: [...had.difference(to)].sort() }
}

/** Contacts of a notice that has just been released, to whom mails are due at once that no worker has written yet. */
async function firstToBeReached(db: Database, notice_id: string, institution_ids: readonly string[]) {
  const { rows } = await sql<{ contact_id: string }>`
    select contact.id as contact_id from receipt join ladder on ladder.id = receipt.ladder_id
    join recipient on recipient.receipt_id = receipt.id
    join contact on contact.id = recipient.contact_id and contact.removed_at is null
      and contact.institution_id = receipt.institution_id
    where receipt.notice_id = ${notice_id} and receipt.institution_id = any(${[...institution_ids]}::uuid[])
      and receipt.step = 0 and receipt.next_step_at is not null
      and exists (select from jsonb_array_elements(recipient.addresses) as one(way) where way ->> 'means' = 'mail')
      and exists (select from jsonb_array_elements(ladder.steps) as each(rung)
        where (rung ->> 'after_minutes')::int = 0 and rung -> 'channels' ? 'mail'
        and case rung ->> 'to' when 'all' then true when 'primary' then recipient.is_primary else not recipient.is_primary end)`.execute(
    db,
  )
  return rows.map(({ contact_id }) => contact_id)
}

async function readBefore(db: Database, replacing: readonly Replacing[]): Promise<Before[]> {
  const asked = replacing.filter(({ replaces_id }) => replaces_id !== null)
  if (asked.length === 0) return []
  const { rows } = await sql<Before>`
    with recursive asked as (select * from unnest(${asked.map(({ replaces_id }) => replaces_id)}::uuid[], ${asked.map((one) => one.institution_id)}::uuid[])
      as asked(replaces_id, institution_id)),
    before as (
      select distinct replaces_id, replaces_id as notice_id from asked
      union
      select before.replaces_id, earlier.id from before join notice on notice.id = before.notice_id
      join notice earlier on earlier.id = notice.replaces_id or earlier.round_id = notice.round_id)
    select distinct asked.replaces_id, asked.institution_id, recipient.contact_id, sent.channel, sent.address,
      coalesce(living.id, sent.contact_address_id) as contact_address_id,
      sent.state in ('sent', 'perhaps', 'sending') as was_reached,
      sent.channel = 'file_drop' or (contact.id is not null and (sent.channel = 'web_push' or living.id is not null)) as speaks
    from asked
    join before using (replaces_id)
    join receipt on receipt.notice_id = before.notice_id and receipt.institution_id = asked.institution_id
    join delivery sent on sent.receipt_id = receipt.id and sent.purpose = 'notice'
    left join recipient on recipient.id = sent.recipient_id
    left join contact on contact.id = recipient.contact_id and contact.removed_at is null
      and contact.institution_id = asked.institution_id
    left join lateral (select id from contact_address where contact_address.contact_id = contact.id
      and contact_address.address = sent.address and removed_at is null and quarantined_at is null
      order by id limit 1) living on true`.execute(db)
  return rows
}
