import { type ExpressionBuilder, sql } from 'kysely'
import { may, mayRead, NotFound, type Person } from '#access/index.ts'
import type { Database } from '#db/database.ts'
import type { FunctionCode, Market, Mode, Tables } from '#db/tables.ts'
import { zone } from '#html/civil.ts'
import { type Board, type BoardRow, boardOf } from './board.ts'
import { damageFields, functionCodes } from './words.ts'

/** Which reports count: those of one situation, or, with null, the newest of each institution whatever the situation. */
export type Scope = { situation_id: string | null; mode: Mode }

const shown = [
  'id',
  ...functionCodes,
  ...damageFields,
  'bcp',
  'command_centre',
  'resumption_at',
  'next_update_at',
  'reported_at',
  'is_on_behalf',
  'written_at',
  'via',
] as const

/** The report at the end of the chain of each institution that belongs to the market on the day of `now`. Free text stays where it is. */
export async function currentReports(
  db: Database,
  { situation_id, mode, now }: Scope & { now: Date },
): Promise<BoardRow[]> {
  const today = sql<string>`(${now}::timestamptz at time zone ${zone})::date`
  const rows = await db
    .selectFrom('institution')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report')
          .leftJoin('person', 'person.id', 'report.reported_by')
          .leftJoin('recipient', 'recipient.id', 'report.recipient_id')
          .whereRef('report.institution_id', '=', 'institution.id')
          .where('report.mode', '=', mode)
          .$if(situation_id !== null, (q) => q.where('report.situation_id', '=', situation_id))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(selectFrom('report as later').whereRef('later.supersedes', '=', 'report.id').select('later.id')),
            ),
          )
          .select(shown.map((name) => `report.${name}` as const))
          .select(({ fn }) => [
            fn.coalesce('person.name_ja', 'recipient.name_ja').as('reported_by_ja'),
            fn.coalesce('person.name_en', 'recipient.name_en').as('reported_by_en'),
          ])
          .select(answeredAsking)
          .orderBy('report.reported_at', 'desc')
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .where('institution.active_from', '<=', today)
    .where((eb) => eb.or([eb('institution.active_to', 'is', null), eb('institution.active_to', '>=', today)]))
    .select(['institution.id as of', 'institution.code', 'institution.kind'])
    .select(['institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
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
    const { of, code, kind, name_ja, name_en, is_infrastructure, markets, functions, ...rest } = row
    const { awaited_asking, awaited_by, ...said } = rest
    return {
      institution: { id: of, code, kind, name_ja, name_en, is_infrastructure, markets, functions },
      report: said.id === null ? null : (said as CurrentReport),
      awaited: awaited_by === null ? null : { asking: awaited_asking, answer_by: awaited_by },
    }
  })
}

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

type Said = Awaited<ReturnType<typeof readReport>>

/** What the board needs of a report. */
export type CurrentReport = Pick<Said, (typeof shown)[number]> & {
  reported_by_ja: string | null
  reported_by_en: string | null
  /** Which asking of its round it answers. */
  answers_asking: number | null
}

/** The board of a situation, or with null the standing one, as it holds at `now`. */
export const readBoard = async (db: Database, asked: Scope & { now: Date }): Promise<Board> =>
  boardOf(await currentReports(db, asked), asked.now)

/** One report that this reader may see: of the own institution, or any for who may see all. Remarks that its label keeps from them are null. */
export async function readReport(db: Database, reader: Person, id: string) {
  const report = await reports(db)
    .where('report.id', '=', id)
    .$if(!may(reader, 'report.see-all'), (q) => q.where('report.institution_id', '=', reader.institution_id))
    .executeTakeFirst()
  if (!report) throw new NotFound(`report ${id}`)
  return { ...report, text: mayRead(reader, report.label, report.institution_id) ? report.text : null }
}
export type ReportView = Said

/** The chain of an institution's reports, newest first: at most so many. It follows the links, because a server's clock may step back. */
export const readChain = (
  db: Database,
  { institution_id, situation_id, mode }: Scope & { institution_id: string },
  limit: number,
) =>
  reports(
    db.withRecursive('chain', (cte) =>
      cte
        .selectFrom('report')
        .leftJoin('report as later', 'later.supersedes', 'report.id')
        .where('later.id', 'is', null)
        .where('report.institution_id', '=', institution_id)
        .where('report.situation_id', situation_id === null ? 'is' : '=', situation_id)
        .where('report.mode', '=', mode)
        .select(['report.id', 'report.supersedes', sql<number>`1`.as('place')])
        .unionAll(
          cte
            .selectFrom('report')
            .innerJoin('chain', 'chain.supersedes', 'report.id')
            .where('chain.place', '<', limit)
            .select(['report.id', 'report.supersedes', sql<number>`chain.place + 1`.as('place')]),
        ),
    ) as unknown as Database,
  )
    .innerJoin(sql<{ id: string; place: number }>`chain`.as('chain'), (join) =>
      join.onRef('chain.id', '=', 'report.id'),
    )
    .orderBy('chain.place')
    .execute()

const reports = (db: Database) =>
  db
    .selectFrom('report')
    .innerJoin('institution', 'institution.id', 'report.institution_id')
    .leftJoin('person', 'person.id', 'report.reported_by')
    .leftJoin('recipient', 'recipient.id', 'report.recipient_id')
    .leftJoin('situation', 'situation.id', 'report.situation_id')
    .leftJoin('report as later', 'later.supersedes', 'report.id')
    .selectAll('report')
    .select(['institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
    .select(({ fn }) => [
      fn.coalesce('person.name_ja', 'recipient.name_ja').as('reported_by_ja'),
      fn.coalesce('person.name_en', 'recipient.name_en').as('reported_by_en'),
    ])
    .select(['situation.title_ja', 'situation.title_en', 'situation.returned_at', 'situation.closed_at'])
    .select(['later.id as superseded_by', 'later.reported_at as superseded_at'])
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('answer')
          .innerJoin('notice', 'notice.id', 'answer.notice_id')
          .whereRef('answer.report_id', '=', 'report.id')
          .where('notice.asking', 'is not', null)
          .orderBy('notice.released_at', 'desc')
          .limit(1)
          .select(['notice.asking', 'notice.round_id'])
          .as('answers'),
      (join) => join.onTrue(),
    )
    .select(['answers.asking as answers_asking', 'answers.round_id as answers_round_id'])

/** An institution as its reporter sees it: its name, the functions it has and what it last said here. */
export async function readReporter(db: Database, institution_id: string, { situation_id, mode }: Scope) {
  const [institution, functions, [last], asked] = await Promise.all([
    db
      .selectFrom('institution')
      .where('id', '=', institution_id)
      .select(['id', 'name_ja', 'name_en', 'is_infrastructure'])
      .executeTakeFirstOrThrow(),
    functionsOf(db, institution_id),
    readChain(db, { institution_id, situation_id, mode }, 1),
    db
      .selectFrom('receipt')
      .innerJoin('notice', 'notice.id', 'receipt.notice_id')
      .where('receipt.institution_id', '=', institution_id)
      .where('notice.situation_id', '=', situation_id)
      .where('notice.answer_wanted', '=', 'report')
      .select(['receipt.opened_at as asked_at', 'notice.answer_by', 'notice.text_ja', 'notice.text_en'])
      .orderBy('receipt.opened_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return { institution, functions, last: last ?? null, asked: asked ?? null }
}
export type Reporter = Awaited<ReturnType<typeof readReporter>>

/** The functions that an institution has, in the order of the board. */
export async function functionsOf(db: Database, institution_id: string): Promise<FunctionCode[]> {
  const rows = await db
    .selectFrom('institution_function')
    .where('institution_id', '=', institution_id)
    .select('function_code')
    .execute()
  return functionCodes.filter((code) => rows.some((row) => row.function_code === code))
}
