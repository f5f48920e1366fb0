import { sql } from 'kysely'
import { isCounted } from '#delivery/answers/index.ts'
import { wordsOf } from '#directory/search/index.ts'
import type { Database } from '#ground/db/database.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'
import type { AskingView } from './queries.ts'

/**
 * Who matters most to the market while nobody has given institutions a weight: those without which it cannot trade or settle,
 * from the exchanges on; within a kind whoever has more functions in more markets.
 */
const by_weight = [
  'exchange',
  'clearing_equities',
  'clearing_bonds',
  'depository',
  'central_bank',
  'pts',
  'association',
  'regulator',
  'securities_firm',
  'special_member',
]
const best_first = ['sent', 'perhaps', 'sending', 'waiting', 'failed', 'stopped']

/** So many that the page stays within the first load of a phone. */
export const missing_per_page = 25

type Part = { offset: number; limit: number }

/** Who has not answered one asking, by weight in the market, a page at a time; with how far it came to them and whom to call. */
export const readMissing = (
  db: Database,
  { id, mode, situation_id }: Pick<AskingView, 'id' | 'mode' | 'situation_id'>,
  part: Part,
  q: string,
  now: Date,
) =>
  db
    .selectFrom(missingPage(db, id, part, q, now).as('missing'))
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report_now as report')
          .whereRef('report.institution_id', '=', 'missing.id')
          .where('report.situation_id', '=', situation_id)
          .where('report.mode', '=', mode)
          .limit(1)
          .select(['report.id as report_id', 'report.next_update_at'])
          .select(said_fields.map((name) => `report.${name}` as const))
          .as('said'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('contact_card')
          .whereRef('contact_card.institution_id', '=', 'missing.id')
          .where('contact_card.rank', '=', 1)
          .limit(1)
          .select(['contact_card.name_ja', 'contact_card.name_en', 'contact_card.phone'])
          .as('contact'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('call')
          .innerJoin('receipt as called', 'called.id', 'call.receipt_id')
          .innerJoin('notice as said_in', 'said_in.id', 'called.notice_id')
          .whereRef('called.institution_id', '=', 'missing.id')
          .whereRef('said_in.round_id', '=', 'missing.round_id')
          .orderBy('call.called_at', 'desc')
          .limit(1)
          .select(['call.called_at', 'call.outcome'])
          .as('called'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('delivery')
          .whereRef('delivery.receipt_id', '=', 'missing.receipt_id')
          .where('delivery.purpose', '=', 'notice')
          // Of several the one that fared best: what a person at that institution may have read.
          .select([
            sql<
              string | null
            >`(array_agg(delivery.state order by array_position(${best_first}::text[], delivery.state)))[1]`.as(
              'best_state',
            ),
            sql<Date | null>`max(coalesce(delivery.sent_at, delivery.queued_at))`.as('tried_at'),
            sql<number>`count(*)::int`.as('deliveries'),
          ])
          .as('reach'),
      (join) => join.onTrue(),
    )
    .selectAll('missing')
    .select(['said.report_id', 'said.next_update_at'])
    .select(said_fields.map((name) => `said.${name}` as const))
    .select(['called.called_at', 'called.outcome', 'reach.best_state', 'reach.tried_at', 'reach.deliveries'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en', 'contact.phone'])
    .orderBy('missing.place')
    .execute()

/** What the last word of an institution is made of. */
const said_fields = [...functionCodes, ...damageFields, 'reported_at', 'written_at'] as const

/** Whose answer to an asking is missing, of those whose name, code or reading has these words. */
const missingFrom = (db: Database, notice_id: string, q: string, now: Date) =>
  wordsOf(q).reduce(
    (query, { letters }) => query.where(sql<boolean>`strpos(institution.sought, ${letters}) > 0`),
    db
      .selectFrom('receipt')
      .innerJoin('notice', 'notice.id', 'receipt.notice_id')
      .innerJoin('institution', 'institution.id', 'receipt.institution_id')
      .where('receipt.notice_id', '=', notice_id)
      .where(isCounted(now))
      .where((eb) => eb.or([eb('receipt.closed_at', 'is', null), eb('receipt.closed_how', '=', 'ended')])),
  )

/** How many those are. */
export async function countMissing(db: Database, notice_id: string, q: string, now: Date): Promise<number> {
  const { count } = await missingFrom(db, notice_id, q, now)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The page alone, so that what was sent is looked up for those on it and for nobody else. */
const missingPage = (db: Database, notice_id: string, { offset, limit }: Part, q: string, now: Date) =>
  missingFrom(db, notice_id, q, now)
    .leftJoin(sizeOf(db, 'institution_market'), 'institution_market.institution_id', 'institution.id')
    .leftJoin(sizeOf(db, 'institution_function'), 'institution_function.institution_id', 'institution.id')
    .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
    .select(['receipt.id as receipt_id', 'receipt.next_step_at', 'receipt.call_since', 'notice.round_id'])
    .select([
      sql<Date>`coalesce(receipt.silent_since, receipt.opened_at)`.as('silent_since'),
      sql<Date>`coalesce(receipt.wanted_by, notice.answer_by)`.as('wanted_by'),
    ])
    .select(
      sql<number>`row_number() over (order by array_position(${by_weight}::text[], institution.kind),
        coalesce(institution_market.size, 0) * coalesce(institution_function.size, 0) desc, institution.code)`.as(
        'place',
      ),
    )
    .orderBy('place')
    .offset(offset)
    .limit(limit)

const sizeOf = <Table extends 'institution_market' | 'institution_function'>(db: Database, table: Table) =>
  db
    .selectFrom(table as 'institution_market')
    .groupBy('institution_id')
    .select(['institution_id', sql<number>`count(*)::int`.as('size')])
    .as(table)
export type MissingView = Awaited<ReturnType<typeof readMissing>>[number]
