import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import type { Mode, NoticeSeverity } from '#ground/db/tables.ts'
import { currentLadders } from './ladder.ts'

/**
 * Writes down who is asked, as the directory stands now: one receipt for each institution, one recipient for each of its
 * contacts with the ways to reach them. The first contact who can be reached at all counts as the primary.
 * Deliveries follow by the ladder, whose first step is due at once.
 */
export async function openReceipts(
  tx: Tx,
  { id, mode, severity }: { id: string; mode: Mode; severity: NoticeSeverity },
  institution_ids: readonly string[],
  at: Date,
): Promise<{ institutions: number; people: number }> {
  const ladders = await currentLadders(tx, severity)
  const opened = await sql`
    insert into receipt (notice_id, mode, institution_id, ladder_id, opened_at, next_step_at)
    select ${id}::uuid, ${mode}, institution.id,
      case when institution.is_infrastructure then ${ladders.infrastructure.id}::uuid else ${ladders.participants.id}::uuid end,
      ${at}, ${at}
    from institution where institution.id = any(${[...institution_ids]}::uuid[])`.execute(tx)
  // The letters of a code are those of hexadecimal digits, with G and H for what the eye confuses.
  const stamped = await sql`
    insert into recipient (receipt_id, notice_id, institution_id, contact_id, person_id, rank, is_primary, name_ja, name_en,
      addresses, reply_code)
    select receipt.id, receipt.notice_id, receipt.institution_id, contact.id, contact.person_id, contact.rank,
      (reach.addresses is not null) and row_number() over (
        partition by receipt.id, reach.addresses is not null order by contact.rank, contact.id) = 1,
      contact.name_ja, contact.name_en, coalesce(reach.addresses, '[]'::jsonb),
      upper(translate(substr(gen_random_uuid()::text, 1, 5), '01', 'GH'))
    from receipt
    join contact on contact.institution_id = receipt.institution_id and contact.removed_at is null
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', id, 'means', means, 'address', address) order by rank) as addresses
      from contact_address
      where contact_address.contact_id = contact.id and removed_at is null and quarantined_at is null
    ) reach on true
    where receipt.notice_id = ${id}::uuid`.execute(tx)
  return { institutions: Number(opened.numAffectedRows ?? 0), people: Number(stamped.numAffectedRows ?? 0) }
}
