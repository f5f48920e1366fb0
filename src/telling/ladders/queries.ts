import { isActive } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { NoticeSeverity } from '#ground/db/tables.ts'
import type { Scope } from './rules.ts'

/** The newest version of each ladder, with who made it; one of a special scope without steps says: as for all. */
export const allLadders = (db: Pick<Database, 'selectFrom'>) =>
  db
    .selectFrom('ladder_now as ladder')
    .leftJoin('person', 'person.id', 'ladder.made_by')
    .orderBy('ladder.severity')
    .orderBy('ladder.scope')
    .select(['ladder.severity', 'ladder.scope', 'ladder.version', 'ladder.steps', 'ladder.made_by', 'ladder.made_at'])
    .select(['person.name_ja', 'person.name_en'])
    .execute()

export type Ladder = Awaited<ReturnType<typeof allLadders>>[number]

/** The newest version of one ladder; undefined where none was ever made for this scope. */
export const newestLadder = (db: Pick<Database, 'selectFrom'>, severity: NoticeSeverity, scope: Scope) =>
  db.selectFrom('ladder_now').where('severity', '=', severity).where('scope', '=', scope).selectAll().executeTakeFirst()

/** Whose notices climb this ladder today: for `all`, those whose group has none of its own. */
export async function institutionsOf(db: Database, severity: NoticeSeverity, scope: Scope, at: Date): Promise<number> {
  const special = (await allLadders(db)).filter((one) => one.severity === severity && one.steps.length > 0)
  const has = (one: Scope) => special.some((ladder) => ladder.scope === one)
  const { count } = await db
    .selectFrom('institution')
    .where(isActive(at))
    .$if(scope !== 'all', (query) => query.where('is_infrastructure', '=', scope === 'infrastructure'))
    .$if(scope === 'all' && has('infrastructure'), (query) => query.where('is_infrastructure', '=', false))
    .$if(scope === 'all' && has('participants'), (query) => query.where('is_infrastructure', '=', true))
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
