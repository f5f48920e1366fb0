import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { functionCodes } from '#ground/market/words.ts'

/**
 * What is wrong now in these situations, by name: institutions of the infrastructure that last said that a function is stopped,
 * partly disrupted or on the alternative, what is stopped first and what goes on by other means last. An expired word is kept: it is the last that is known.
 */
export async function troublesIn(db: Database, situation_ids: readonly string[]) {
  if (situation_ids.length === 0) return []
  const worse = (state: 'stopped' | 'partial' | 'alternative') =>
    sql<boolean>`coalesce(${state} = any (array[${sql.join(functionCodes.map((name) => sql.ref(`report.${name}`)))}]::text[]), false)`
  const rows = await db
    .selectFrom('report_now as report')
    .innerJoin('institution', 'institution.id', 'report.institution_id')
    .where('report.situation_id', 'in', situation_ids)
    .where('institution.is_infrastructure', '=', true)
    .where((eb) => eb.or([worse('stopped'), worse('partial'), worse('alternative')]))
    .select(['report.id', 'report.situation_id', 'institution.name_ja', 'institution.name_en'])
    .select(['report.alternative_from', 'report.alternative_other', 'report.normal_at'])
    .select(['report.resumption_at', 'report.reported_at', 'report.written_at', 'report.next_update_at'])
    .select(functionCodes.map((name) => `report.${name}` as const))
    .orderBy(worse('stopped'), 'desc')
    .orderBy(worse('partial'), 'desc')
    .orderBy('institution.code')
    .execute()
  return rows
}
export type Trouble = Awaited<ReturnType<typeof troublesIn>>[number]

/** For each of these situations the newest round that is open, and by when its newest asking wants its answers. */
export async function roundsIn(db: Database, situation_ids: readonly string[]) {
  if (situation_ids.length === 0) return []
  return db
    .selectFrom('round')
    .innerJoin('notice', 'notice.round_id', 'round.id')
    .where('round.situation_id', 'in', situation_ids)
    .where('round.closed_at', 'is', null)
    .where('notice.state', '=', 'released')
    .distinctOn('round.situation_id')
    .select(['round.id', 'round.situation_id', 'notice.answer_by'])
    .orderBy('round.situation_id')
    .orderBy('round.asked_at', 'desc')
    .orderBy('notice.asking', 'desc')
    .execute()
}
export type RoundNow = Awaited<ReturnType<typeof roundsIn>>[number]
