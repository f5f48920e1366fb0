import { sql } from 'kysely'
import { isCounted } from '#delivery/answers/index.ts'
import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

/** A round with its situation and the one who asked. */
export async function readRound(db: Database, id: string) {
  const round = await db
    .selectFrom('round')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .innerJoin('person', 'person.id', 'round.asked_by')
    .where('round.id', '=', id)
    .selectAll('round')
    .select(['situation.title_ja', 'situation.title_en', 'situation.closed_at as situation_closed_at'])
    .select(['person.name_ja as asked_by_ja', 'person.name_en as asked_by_en'])
    .executeTakeFirst()
  if (!round) throw new NotFound(`round ${id}`)
  return round
}
export type RoundView = Awaited<ReturnType<typeof readRound>>

/** Every asking of a round with how many have answered it, the newest first. Of a round that was asked there is at least one. */
export const readAskings = (db: Database, round_id: string, now: Date) =>
  db
    .selectFrom('notice')
    .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice.round_id', '=', round_id)
    .where(isCounted(now))
    .groupBy('notice.id')
    .select(['notice.id', 'notice.asking', 'notice.released_at', 'notice.answer_by', 'notice.kind', 'notice.label'])
    .select(['notice.text_ja', 'notice.text_en', 'notice.replaced_by_id', 'notice.mode', 'notice.situation_id'])
    .select([
      sql<number>`count(*)::int`.as('asked'),
      sql<number>`count(*) filter (where receipt.closed_how = 'answered')::int`.as('answered'),
      sql<number>`count(*) filter (where receipt.closed_at is null)::int`.as('open'),
      sql<number>`count(*) filter (where is_infrastructure)::int`.as('asked_infrastructure'),
      sql<number>`count(*) filter (where is_infrastructure and receipt.closed_how = 'answered')::int`.as(
        'answered_infrastructure',
      ),
      // Past the time to answer the first asking that they have not answered.
      sql<number>`count(*) filter (where receipt.closed_at is null and coalesce(receipt.wanted_by, notice.answer_by) < ${now})::int`.as(
        'late',
      ),
      sql<Date | null>`min(coalesce(receipt.wanted_by, notice.answer_by)) filter (where receipt.closed_at is null)`.as(
        'late_since',
      ),
      sql<number>`count(*) filter (where receipt.next_step_at is not null)::int`.as('to_chase'),
      sql<number>`count(*) filter (where receipt.closed_at is null and receipt.call_since is null)::int`.as('to_call'),
      sql<number>`count(*) filter (where receipt.closed_at is null and receipt.call_since is not null)::int`.as(
        'on_call_list',
      ),
    ])
    .orderBy('notice.asking', 'desc')
    .$narrowType<{ asking: number; released_at: Date; answer_by: Date }>()
    .execute()
export type AskingView = Awaited<ReturnType<typeof readAskings>>[number]

/** When and how the first answers to one asking came, in the order in which they came. */
export const readAnswers = (db: Database, notice_id: string) =>
  db
    .selectFrom('answer')
    .where('notice_id', '=', notice_id)
    .where('is_first', '=', true)
    .select(['answered_at', 'via', 'is_on_behalf'])
    .orderBy('answered_at')
    .execute()
export type AnswerOf = Awaited<ReturnType<typeof readAnswers>>[number]
/** Whom the round first asked and a later asking passed over, with until when what they have said holds; who has to speak first is first. */
export const readPassedOver = (
  db: Database,
  { id, situation_id, mode }: Pick<RoundView, 'id' | 'situation_id' | 'mode'>,
  notice_id: string,
) =>
  db
    .selectFrom('notice')
    .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .innerJoin('report_now as report', 'report.institution_id', 'institution.id')
    .where('notice.round_id', '=', id)
    .where('notice.asking', '=', 1)
    .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
    .where('report.situation_id', '=', situation_id)
    .where('report.mode', '=', mode)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('receipt as asked')
            .whereRef('asked.institution_id', '=', 'institution.id')
            .where('asked.notice_id', '=', notice_id)
            .select('asked.id'),
        ),
      ),
    )
    .select(['institution.id', 'institution.name_ja', 'institution.name_en'])
    .select(['report.id as report_id', 'report.reported_at', 'report.written_at', 'report.next_update_at'])
    .orderBy('report.next_update_at')
    .orderBy('institution.code')
    .execute()
export type PassedOver = Awaited<ReturnType<typeof readPassedOver>>[number]

/**
 * What a round is held against: the first asking of the last exercise before it that anybody answered; where there was none,
 * of the last real round.
 * Only its times are shown, under the name of its mode.
 */
export async function readComparison(db: Database, { id, asked_at }: Pick<RoundView, 'id' | 'asked_at'>) {
  const before = await db
    .selectFrom('round')
    .innerJoin('notice', 'notice.round_id', 'round.id')
    .where('round.id', '!=', id)
    .where('round.asked_at', '<', asked_at)
    .where('round.mode', '!=', 'test')
    .where('notice.asking', '=', 1)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('answer').whereRef('answer.notice_id', '=', 'notice.id').select('answer.id')),
    )
    .orderBy(sql`round.mode = 'exercise'`, 'desc')
    .orderBy('round.asked_at', 'desc')
    .limit(1)
    .select(['notice.id', 'notice.mode', 'notice.released_at'])
    .select(({ selectFrom }) =>
      selectFrom('receipt')
        .whereRef('receipt.notice_id', '=', 'notice.id')
        .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
        .select(sql<number>`count(*)::int`.as('n'))
        .as('asked'),
    )
    .$narrowType<{ released_at: Date }>()
    .executeTakeFirst()
  return before ? { ...before, asked: before.asked ?? 0, answers: await readAnswers(db, before.id) } : null
}
export type Comparison = NonNullable<Awaited<ReturnType<typeof readComparison>>>

/** The newest round of a situation, to look at; null when nobody has been asked yet. */
export const latestRound = async (db: Database, situation_id: string): Promise<{ id: string } | null> =>
  (await db
    .selectFrom('round')
    .where('situation_id', '=', situation_id)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(1)
    .select('id')
    .executeTakeFirst()) ?? null
