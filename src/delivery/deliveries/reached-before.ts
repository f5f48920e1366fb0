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

/**
 * Where the notices that these replace went, those before them, and the other askings of their round, by institution: a correction or a withdrawal goes to the very
 * same at once, whoever would be first on the ladder (N-8). What was never handed over, or was refused, is not among them; who
 * has the first notice and missed its correction is.
 */
export async function reachedBefore(
  db: Database,
  replacing: readonly { replaces_id: string | null; institution_id: string }[],
): Promise<(receipt: { replaces_id: string | null; institution_id: string }) => Reached[]> {
  const asked = replacing.filter(({ replaces_id }) => replaces_id !== null)
  if (asked.length === 0) return () => []
  const { rows } = await sql<Reached & { replaces_id: string; institution_id: string }>`
    with recursive asked as (select * from unnest(${asked.map(({ replaces_id }) => replaces_id)}::uuid[], ${asked.map((one) => one.institution_id)}::uuid[])
      as asked(replaces_id, institution_id)),
    before as (
      select distinct replaces_id, replaces_id as notice_id from asked
      union
      select before.replaces_id, earlier.id from before join notice on notice.id = before.notice_id
      join notice earlier on earlier.id = notice.replaces_id or earlier.round_id = notice.round_id)
    select distinct asked.replaces_id, asked.institution_id, recipient.contact_id, sent.contact_address_id, sent.channel, sent.address
    from asked
    join before using (replaces_id)
    join receipt on receipt.notice_id = before.notice_id and receipt.institution_id = asked.institution_id
    join delivery sent on sent.receipt_id = receipt.id and sent.purpose = 'notice' and sent.state in ('sent', 'perhaps', 'sending')
    left join recipient on recipient.id = sent.recipient_id`.execute(db)
  const keyOf = (one: { replaces_id: string | null; institution_id: string }) =>
    `${one.replaces_id} ${one.institution_id}`
  const found = Map.groupBy(rows, keyOf)
  return (receipt) => found.get(keyOf(receipt)) ?? []
}
