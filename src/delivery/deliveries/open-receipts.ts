import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { Mode, NoticeSeverity } from '#ground/db/tables.ts'
import { currentLadders } from './ladder.ts'

/**
 * Writes down who is asked, as the directory stands now: one receipt for each institution, one recipient for each of its
 * contacts with the ways to reach them. The first contact who can be reached at all counts as the primary.
 * Deliveries follow by the ladder, whose first step is due at once. Whoever left the asking before of the same round without an
 * answer has been silent since then, and stays on the call list; only a correction sets another time to answer. Of whom nothing is
 * asked, as of a regulator, the receipt is closed at once: it gets the first step for information and nothing follows.
 */
export async function openReceipts(
  tx: Tx,
  { id, mode, severity }: { id: string; mode: Mode; severity: NoticeSeverity },
  institution_ids: readonly string[],
  at: Date,
): Promise<{ institutions: number; people: number }> {
  const ladders = await currentLadders(tx, severity)
  const opened = await sql`
    insert into receipt (notice_id, mode, institution_id, ladder_id, opened_at, next_step_at, closed_at, closed_how, silent_since, wanted_by,
      call_since)
    select ${id}::uuid, ${mode}, institution.id,
      case when institution.is_infrastructure then ${ladders.infrastructure.id}::uuid else ${ladders.participants.id}::uuid end,
      ${at}, ${at}, case when told.is_informed then ${at}::timestamptz end, case when told.is_informed then 'informed' end,
      silent.since, case when notice.kind <> 'correction' then silent.wanted_by end, silent.call_since
    from institution join notice on notice.id = ${id}::uuid
    left join ${lastIn(sql`(select round_id from notice where id = ${id}::uuid)`)} silent
      on silent.institution_id = institution.id and silent.closed_how is distinct from 'answered'
        and (institution.is_asked or notice.answer_wanted = 'none')
    cross join lateral (select not institution.is_asked and notice.answer_wanted <> 'none' as is_informed) told
    where institution.id = any(${[...institution_ids]}::uuid[]) ${keptPlan}`.execute(tx)
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
    where receipt.notice_id = ${id}::uuid ${keptPlan}`.execute(tx)
  return { institutions: Number(opened.numAffectedRows ?? 0), people: Number(stamped.numAffectedRows ?? 0) }
}

/** What each institution was last asked in a round: since when it has been silent, by when it was to answer, and whether it has. */
export const lastIn = (round_id: RawBuilder<string | null>) => sql<{ institution_id: string; since: Date }>`(
  select distinct on (receipt.institution_id) receipt.institution_id, receipt.closed_how, receipt.call_since,
    coalesce(receipt.silent_since, receipt.opened_at) as since, coalesce(receipt.wanted_by, notice.answer_by) as wanted_by
  from notice join receipt on receipt.notice_id = notice.id
  where notice.round_id = ${round_id} and receipt.closed_how is distinct from 'informed'
  order by receipt.institution_id, notice.asking desc)`
