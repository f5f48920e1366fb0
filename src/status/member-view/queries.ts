import { type Selectable, sql } from 'kysely'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import type { ViewField } from './words.ts'

export type ViewVersion = Selectable<Tables['member_view']>

/** What is in force at this moment. */
export async function viewInForce(db: Database | Tx, at: Date): Promise<ViewVersion> {
  const { rows } = await sql<ViewVersion>`select * from member_view_at(${at})`.execute(db)
  const [found] = rows
  if (!found) throw new Error('nothing says what members see')
  return found
}

/** The last thing that was proposed, put in force or not. */
export const newestView = (db: Database | Tx): Promise<ViewVersion> =>
  db.selectFrom('member_view').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()

const versions_max = 50

/** Every version, newest first, with what a second person said of it. People of other institutions are not named to a reader. */
export const viewVersions = (db: Database) =>
  db
    .selectFrom('member_view as view')
    .leftJoin('member_view_decision as decision', 'decision.version', 'view.version')
    .leftJoin('person as maker', 'maker.id', 'view.made_by')
    .leftJoin('person as decider', 'decider.id', 'decision.decided_by')
    .selectAll('view')
    .select(['decision.decision', 'decision.decided_at'])
    .select(['maker.name_ja as maker_ja', 'maker.name_en as maker_en'])
    .select(['decider.name_ja as decider_ja', 'decider.name_en as decider_en'])
    .orderBy('view.version', 'desc')
    .limit(versions_max)
    .execute()
export type ListedVersion = Awaited<ReturnType<typeof viewVersions>>[number]

/** The proposal that waits for a second person: only the newest version can. */
export const waitingView = (versions: readonly ListedVersion[]): ListedVersion | null => {
  const [newest] = versions
  return newest?.made_by && !newest.decision ? newest : null
}

/** The versions that firms were told of when they filed what now stands in open situations, and how many firms each. On the whole: it names nobody. */
export async function toldInOpen(whole: Database, situation_ids: readonly string[]) {
  if (situation_ids.length === 0) return []
  const { rows } = await sql<{ situation_id: string; firms: number } & Record<ViewField, boolean>>`
    select report.situation_id, view.shows_functions, view.shows_bcp, view.shows_said_at, view.shows_next_update,
      count(*)::int as firms
    from report_now report join institution on institution.id = report.institution_id and not institution.is_infrastructure
      cross join lateral member_view_at(report.reported_at) as view
    where report.situation_id = any(${situation_ids}::uuid[])
    group by report.situation_id, view.version, view.shows_functions, view.shows_bcp, view.shows_said_at, view.shows_next_update
    order by view.version`.execute(whole)
  return rows
}
export type ToldFirms = Awaited<ReturnType<typeof toldInOpen>>[number]
