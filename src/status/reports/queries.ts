import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { FunctionCode, Mode } from '#ground/db/tables.ts'
import { functionCodes } from '#ground/market/words.ts'
import { mayRead } from '#ground/rights/labels.ts'
import { may, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** Which reports count: those of one situation, or, with null, the newest of each institution whatever the situation. */
export type Scope = { situation_id: string | null; mode: Mode }

/** One report that this reader may see: of the own institution, or any for who may see all. Remarks that its label keeps from them are null. */
export async function readReport(db: Database, reader: Person, id: string) {
  const report = await reports(db)
    .where('report.id', '=', id)
    .$if(!may(reader, 'report.see-all'), (q) =>
      q.where((eb) =>
        eb.or([
          eb('report.institution_id', '=', reader.institution_id),
          ...(may(reader, 'report.see-supervised')
            ? [eb('institution.supervised_by', '=', reader.institution_id)]
            : []),
        ]),
      ),
    )
    .select('institution.supervised_by')
    .executeTakeFirst()
  if (!report) throw new NotFound(`report ${id}`)
  const { supervised_by, ...rest } = report
  // A bureau reads what it supervises as the regulator reads all.
  const is_supervised = supervised_by === reader.institution_id && may(reader, 'report.see-supervised')
  const is_read = mayRead(reader, report.label, report.institution_id) || (is_supervised && report.label !== 'red')
  return { ...rest, text: is_read ? report.text : null }
}
export type ReportView = Awaited<ReturnType<typeof readReport>>

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

/** What an institution's own system says, the institution says. */
const systemName = (language: 'ja' | 'en') =>
  sql<string | null>`case when report.via = 'file' then ${sql.ref(`institution.name_${language}`)} end`

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
      fn.coalesce('person.name_ja', 'recipient.name_ja', systemName('ja')).as('reported_by_ja'),
      fn.coalesce('person.name_en', 'recipient.name_en', systemName('en')).as('reported_by_en'),
    ])
    .select(['situation.title_ja', 'situation.title_en', 'situation.returned_at', 'situation.closed_at'])
    .select(({ fn, ref }) => [
      'later.id as superseded_by',
      // What took it back says again what was said before it.
      fn.coalesce('later.taken_back_at', 'later.reported_at').as('superseded_at'),
      sql<boolean>`${ref('later.takes_back')} is not null`.as('is_taken_back'),
    ])
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
      .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
      .select(['receipt.opened_at as asked_at', 'notice.answer_by', 'notice.text_ja', 'notice.text_en'])
      .orderBy('receipt.opened_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  return { institution, functions, last: last && !last.is_void ? last : null, asked: asked ?? null }
}
export type Reporter = Awaited<ReturnType<typeof readReporter>>

/** The functions that an institution has, in the order of the board. */
export async function functionsOf(db: Database, institution_id: string): Promise<FunctionCode[]> {
  const row = await db
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .select(ownFunctions.as('functions'))
    .executeTakeFirst()
  return inBoardOrder(row?.functions ?? [])
}

/** The functions of an institution, as a part of a query that has `institution`. */
export const ownFunctions = sql<
  FunctionCode[]
>`array(select function_code::text from institution_function where institution_id = institution.id)`

export const inBoardOrder = (functions: readonly FunctionCode[]) =>
  functionCodes.filter((code) => functions.includes(code))

/**
 * What a form is judged by before anything is filed, in one statement: the functions that the institution has, and the
 * situation (null: it is about none).
 */
export async function readAsked(db: Database, institution_id: string, situation_id: string | null) {
  const row = await db
    .selectFrom('institution')
    .leftJoin('situation', (join) => join.on('situation.id', '=', situation_id))
    .where('institution.id', '=', institution_id)
    .select(['situation.id', 'situation.mode', 'situation.event_at', 'situation.update_minutes'])
    .select(ownFunctions.as('functions'))
    .modifyEnd(keptPlan)
    .executeTakeFirst()
  if (!row || row.id !== situation_id) throw new NotFound(`situation ${situation_id}`)
  const { functions, id, mode, event_at, update_minutes } = row
  const situation =
    id !== null && mode && event_at && update_minutes !== null ? { id, mode, event_at, update_minutes } : null
  return { functions: inBoardOrder(functions), situation }
}
