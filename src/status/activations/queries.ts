import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { sideOf } from './sides.ts'
import { ahead_ms_max, stateAt } from './standing.ts'
import { bcpMarkets } from './words.ts'

/** The last words of every market; older ones say nothing any more about now. */
const words_max = 10

/** How the BCP of each market stands at a moment, in one mode; of an earlier one, without what was decided since. */
export async function statesAt(db: Database, mode: Mode, now: Date) {
  const standing = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('activation_standing')
        .where('mode', '=', mode)
        .where('decided_at', '<=', new Date(now.getTime() + ahead_ms_max))
        .selectAll()
        .select(sql<number>`row_number() over (partition by market order by nth)`.as('nth_then'))
        .as('standing'),
    )
    .where('nth_then', '<=', words_max)
    .selectAll()
    .orderBy('nth_then')
    .execute()
  return bcpMarkets.map((market) => {
    const of = standing.filter((row) => row.market === market)
    return { market, mode, standing: of, ...stateAt(of, now) }
  })
}
export type MarketState = Awaited<ReturnType<typeof statesAt>>[number]

/** What stands of one market, the newest word first. */
export const standingOf = (db: Database, market: string, mode: Mode) =>
  db
    .selectFrom('activation_standing')
    .where('market', '=', market)
    .where('mode', '=', mode)
    .selectAll()
    .orderBy('nth')
    .execute()

/** The institution of the body; where its name is not the reader's to know, the body itself. */
const namedBy = (table: 'activation' | 'body' | 'deciding_body') => [
  sql<string>`coalesce(institution.name_ja, ${sql.ref(`${table}.body_ja`)})`.as('name_ja'),
  sql<string>`coalesce(institution.name_en, ${sql.ref(`${table}.body_en`)})`.as('name_en'),
]
const codeOf = sql<string>`coalesce(institution.code, '')`.as('code')

/** The entries that their reader may see, each with what corrected it and, where the reader may know, who put it forward and confirmed it. */
const entries = (db: Database) =>
  db
    .selectFrom('activation')
    .leftJoin('institution', 'institution.id', 'activation.institution_id')
    .leftJoin('person as putter', 'putter.id', 'activation.put_forward_by')
    .leftJoin('person as settler', 'settler.id', 'activation.settled_by')
    .leftJoin('situation', 'situation.id', 'activation.situation_id')
    .leftJoin('activation as correction', (join) =>
      join.onRef('correction.corrects', '=', 'activation.id').on('correction.outcome', '=', sql.lit('confirmed')),
    )
    .leftJoin('activation as wrong', 'wrong.id', 'activation.corrects')
    .selectAll('activation')
    .select(namedBy('activation'))
    .select(['putter.name_ja as put_forward_by_ja', 'putter.name_en as put_forward_by_en'])
    .select(['settler.name_ja as settled_by_ja', 'settler.name_en as settled_by_en'])
    .select(['situation.title_ja', 'situation.title_en'])
    .select(['correction.id as correction_id', 'correction.settled_at as corrected_at'])
    .select(['wrong.step as wrong_step', 'wrong.decided_at as wrong_decided_at'])

/** What was decided and what was found to be an error, newest first: of all markets, or of one; without what waits. */
export const history = (db: Database, { market, mode }: { market?: string; mode?: Mode } = {}) =>
  entries(db)
    .where('activation.outcome', '=', 'confirmed')
    .$if(market !== undefined, (q) => q.where('activation.market', '=', market ?? ''))
    .$if(mode !== undefined, (q) => q.where('activation.mode', '=', mode ?? 'actual'))
    .orderBy('activation.place', 'desc')

/** What waits for a second person, or was withdrawn, as far as the reader may see it. */
export const notConfirmed = (db: Database, outcome: 'withdrawn' | null, market?: string) =>
  entries(db)
    .where('activation.outcome', outcome === null ? 'is' : '=', outcome)
    .$if(market !== undefined, (q) => q.where('activation.market', '=', market ?? ''))
    .orderBy('activation.place', 'desc')

/** What was decided in connection with a situation, newest first. */
export const entriesIn = (db: Database, situation_id: string) =>
  entries(db)
    .where('activation.situation_id', '=', situation_id)
    .where('activation.outcome', '=', 'confirmed')
    .orderBy('activation.place', 'desc')
    .execute()

export async function readEntry(db: Database, id: string) {
  const entry = await entries(db).where('activation.id', '=', id).executeTakeFirst()
  if (!entry) throw new NotFound(`activation ${id}`)
  return entry
}
export type EntryView = Awaited<ReturnType<typeof readEntry>>

/** Who decides for a market; undefined while nobody has been named. */
export const bodyOf = (db: Database, market: string) => bodies(db).where('body.market', '=', market).executeTakeFirst()

const bodies = (db: Database) =>
  db
    .selectFrom('deciding_body_now as body')
    .leftJoin('institution', 'institution.id', 'body.institution_id')
    .selectAll('body')
    .select([...namedBy('body'), codeOf])

/** Who decides, of every market that has somebody. */
export const allBodies = (db: Database) => bodies(db).execute()
/** The markets for which this person may enter what was decided. */
export const marketsOf = async (db: Database, by: Person): Promise<string[]> =>
  (await allBodies(db)).filter((body) => sideOf(by, body) !== null).map(({ market }) => market)
export type BodyNow = Awaited<ReturnType<typeof allBodies>>[number]

/** Every version of who decides for a market, newest first; those not agreed, as far as the reader may see them. */
export const bodyVersions = (db: Database, market: string) =>
  db
    .selectFrom('deciding_body')
    .leftJoin('institution', 'institution.id', 'deciding_body.institution_id')
    .leftJoin('person as maker', 'maker.id', 'deciding_body.made_by')
    .leftJoin('person as settler', 'settler.id', 'deciding_body.settled_by')
    .where('market', '=', market)
    .selectAll('deciding_body')
    .select([...namedBy('deciding_body'), codeOf])
    .select(['maker.name_ja as made_by_ja', 'maker.name_en as made_by_en'])
    .select(['settler.name_ja as settled_by_ja', 'settler.name_en as settled_by_en'])
    .orderBy('version', 'desc')
    .execute()
export type BodyVersion = Awaited<ReturnType<typeof bodyVersions>>[number]

/** Every version of a market's criteria, newest first. */
export const criterionVersions = (db: Database, market: string) =>
  db
    .selectFrom('activation_criterion')
    .leftJoin('person', 'person.id', 'activation_criterion.made_by')
    .where('market', '=', market)
    .selectAll('activation_criterion')
    .select(['person.name_ja as made_by_ja', 'person.name_en as made_by_en'])
    .orderBy('version', 'desc')
    .execute()
export type CriterionVersion = Awaited<ReturnType<typeof criterionVersions>>[number]

/** The version that holds on a day: the newest of those that have begun. Pure. */
export const criterionOn = <Version extends { effective_on: string }>(versions: readonly Version[], day: string) =>
  versions.find(({ effective_on }) => effective_on <= day)
