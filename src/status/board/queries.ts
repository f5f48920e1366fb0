import { type ExpressionBuilder, sql } from 'kysely'
import { standings } from '#delivery/answers/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { FunctionCode, Market, Tables } from '#ground/db/tables.ts'
import type { Scope } from '#status/reports/index.ts'
import { type Board, boardOf } from './board.ts'
import { type BoardRow, type CurrentReport, shown } from './row.ts'

/**
 * Of one institution, or of those that one supervises, if it is named. `is_given`, of the standing board: without the words of whoever
 * spoke last in what was not returned to all.
 */
type Asked = Scope & { now: Date; institution_id?: string; supervised_by?: string; is_given?: boolean }

/** The report at the end of the chain of each institution that is counted, with whether it was asked. Free text stays where it is. */
export async function currentReports(
  db: Database,
  { situation_id, mode, now, institution_id, supervised_by, is_given = false }: Asked,
): Promise<BoardRow[]> {
  const rows = await db
    .selectFrom('institution')
    .innerJoin(
      standings({ situation_id, mode, is_given }, now).as('standing'),
      'standing.institution_id',
      'institution.id',
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report_now as report')
          .leftJoin('person', 'person.id', 'report.reported_by')
          .leftJoin('recipient', 'recipient.id', 'report.recipient_id')
          .whereRef('report.institution_id', '=', 'institution.id')
          .where('report.mode', '=', mode)
          .$if(situation_id !== null, (q) => q.where('report.situation_id', '=', situation_id))
          .select(shown.map((name) => `report.${name}` as const))
          .select(({ fn }) => [
            fn.coalesce('person.name_ja', 'recipient.name_ja').as('reported_by_ja'),
            fn.coalesce('person.name_en', 'recipient.name_en').as('reported_by_en'),
          ])
          .select(answeredAsking)
          .select(is_given_to_all.as('is_given'))
          .orderBy('report.reported_at', 'desc')
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .$if(institution_id !== undefined, (q) => q.where('institution.id', '=', institution_id ?? ''))
    .$if(supervised_by !== undefined, (q) => q.where('institution.supervised_by', '=', supervised_by ?? ''))
    .select(['standing.is_asked', 'institution.id as of', 'institution.code', 'institution.kind'])
    .select(['institution.name_ja', 'institution.name_en', 'institution.is_infrastructure', 'institution.sought'])
    .select([
      sql<Market[]>`array(select market::text from institution_market where institution_id = institution.id)`.as(
        'markets',
      ),
      sql<
        FunctionCode[]
      >`array(select function_code::text from institution_function where institution_id = institution.id)`.as(
        'functions',
      ),
    ])
    .selectAll('said')
    .leftJoinLateral(awaitedIn(situation_id), (join) => join.onTrue())
    .select(['awaited.awaited_asking', 'awaited.awaited_by'])
    .execute()

  return rows.map((row) => {
    const { of, code, kind, name_ja, name_en, is_infrastructure, sought, markets, functions, ...rest } = row
    const { awaited_asking, awaited_by, is_asked, is_given: was_given, ...said } = rest
    return {
      institution: { id: of, code, kind, name_ja, name_en, is_infrastructure, sought, markets, functions },
      is_asked,
      report: said.id === null || (is_given && !was_given) ? null : (said as CurrentReport),
      awaited: awaited_by === null ? null : { asking: awaited_asking, answer_by: awaited_by },
    }
  })
}

/** Whether what was reported was returned to all: outside any situation it is everybody's; of a gathering it never is. */
const is_given_to_all = sql<boolean>`(report.situation_id is null or exists (select from situation
  where situation.id = report.situation_id and returned_at is not null and centre_set_up_at is not null))`

/** Which asking of its round a report answers; null when it answered none. Of several the one asked last. */
const answeredAsking = ({ selectFrom }: ExpressionBuilder<Tables, 'report'>) =>
  selectFrom('answer')
    .innerJoin('notice', 'notice.id', 'answer.notice_id')
    .whereRef('answer.report_id', '=', 'report.id')
    .where('notice.asking', 'is not', null)
    .orderBy('notice.released_at', 'desc')
    .limit(1)
    .select('notice.asking')
    .as('answers_asking')

/** The asking that an institution still has to answer in a situation. */
const awaitedIn = (situation_id: string | null) => (eb: ExpressionBuilder<Tables, 'institution'>) =>
  eb
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .whereRef('receipt.institution_id', '=', 'institution.id')
    .where('receipt.closed_at', 'is', null)
    .where('notice.situation_id', '=', situation_id)
    .where('notice.answer_wanted', '=', 'report')
    .select(['notice.asking as awaited_asking', 'notice.answer_by as awaited_by'])
    .orderBy('notice.released_at', 'desc')
    .limit(1)
    .as('awaited')

/** The board of a situation, or with null the standing one, as it holds at `now`. */
export const readBoard = async (db: Database, asked: Asked): Promise<Board> =>
  boardOf(await currentReports(db, asked), asked.now)

/**
 * Whether the standing board holds what was not returned to this institution: what was reported in an emergency, while it is open, and
 * after its closing, and in a gathering from the beginning, for as long as one of its reports is an institution's last and still
 * holds. A gathering is returned to those alone whom it asked. Until then it is nobody's but the desk's to give.
 */
export async function holdsUnreturned(whole: Database, institution_id: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{
    holds: boolean
  }>`select holds_unreturned(${now}, ${institution_id}::uuid) as holds`.execute(whole)
  return rows[0]?.holds === true
}
