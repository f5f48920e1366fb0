import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { readNumber } from '#ground/register/kinds.ts'
import { labelsSeen } from '#ground/register/may-of.ts'
import type { Person } from '#ground/rights/person.ts'
import { closed_states, type ImprovementSource, type ImprovementState, sources, states } from './improvement.ts'

export const shownChoices = ['unclosed', 'overdue', ...states] as const
export type Shown = (typeof shownChoices)[number]

export type Filter = {
  q: string
  source: ImprovementSource | null
  shown: Shown | null
  /** An institution that answers for it, by itself or by a person of it. */
  owner: string | null
  mode: Mode
}

const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text) ?? null

/** What the address asks for; whatever is no such thing asks for all. */
export const readFilter = (query: (name: string) => string | undefined): Filter => ({
  q: (query('q') ?? '').replaceAll('\0', '').normalize('NFKC').trim().slice(0, 100),
  source: oneOf(sources, query('source')),
  shown: oneOf(shownChoices, query('shown')),
  owner: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(query('owner') ?? '') ? (query('owner') ?? null) : null,
  mode: oneOf(['actual', 'exercise', 'test'] as const, query('mode')) ?? 'actual',
})

/** The market's improvements of this mode, under the labels that the reader may read. */
const seen = (db: Database, reader: Person, mode: Mode) =>
  db
    .selectFrom('improvement_now as now')
    .where('now.institution_id', 'is', null)
    .where('now.mode', '=', mode)
    .where('now.label', 'in', labelsSeen(reader, 'improvement'))

/** What is like that, trouble first: the longest overdue, what is due next, what has no day, and at the end what is closed. */
export const improvementsLike = (
  db: Database,
  reader: Person,
  { q, source, shown, owner, mode }: Filter,
  today: string,
) => {
  const is_open = sql<boolean>`now.state <> all (${[...closed_states]})`
  const number = readNumber(q)?.number
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return seen(db, reader, mode)
    .leftJoin('person as owner', 'owner.id', 'now.owner_person_id')
    .leftJoin('institution', (join) =>
      join.on('institution.id', '=', (eb) => eb.fn.coalesce('now.owner_institution_id', 'owner.institution_id')),
    )
    .$if(source !== null, (query) => query.where('now.source', '=', source ?? 'other'))
    .$if(shown === 'unclosed' || shown === 'overdue', (query) => query.where(is_open))
    .$if(shown === 'overdue', (query) => query.where('now.due_on', '<', today))
    .$if(oneOf(states, shown ?? undefined) !== null, (query) =>
      query.where('now.state', '=', shown as ImprovementState),
    )
    .$if(owner !== null, (query) => query.where('institution.id', '=', owner))
    .$if(q !== '', (query) =>
      query.where((eb) =>
        eb.or([
          sql<boolean>`now.title ilike ${like} or now.finding ilike ${like} or now.action ilike ${like}`,
          ...(number === undefined ? [] : [eb('now.number', '=', number)]),
        ]),
      ),
    )
    .select(['now.id', 'now.kind', 'now.number', 'now.mode', 'now.title', 'now.label', 'now.source', 'now.state'])
    .select(['now.due_on', 'now.finding', 'now.action', 'now.evidence', 'now.made_at', 'now.owner_person_id'])
    .select(['owner.name_ja as owner_ja', 'owner.name_en as owner_en'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy(is_open, 'desc')
    .orderBy(sql`case when ${is_open} then now.due_on end`, (order) => order.asc().nullsLast())
    .orderBy('now.made_at', 'desc')
    .orderBy('now.number', 'desc')
}
export type ListedImprovement = Awaited<ReturnType<ReturnType<typeof improvementsLike>['execute']>>[number]

/** How many there are in each state, how many of them overdue, and how many in a drill or test. */
export async function countStates(db: Database, reader: Person, mode: Mode, today: string) {
  const rows = await seen(db, reader, mode)
    .select([
      'now.state',
      sql<boolean>`coalesce(due_on < ${today} and state <> all (${[...closed_states]}), false)`.as('is_overdue'),
    ])
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .groupBy([sql`1`, sql`2`])
    .execute()
  const sum = (of: typeof rows) => of.reduce((all, { count }) => all + Number(count), 0)
  const counts = states.map((state) => ({ state, count: sum(rows.filter((row) => row.state === state)) }))
  return { counts, overdue: sum(rows.filter(({ is_overdue }) => is_overdue)) }
}
export type Counts = Awaited<ReturnType<typeof countStates>>

/** The modes in which there is anything. */
export async function modesPresent(db: Database, reader: Person): Promise<Mode[]> {
  const rows = await db
    .selectFrom('register_item')
    .where('kind', '=', 'improvement')
    .where('institution_id', 'is', null)
    .where('label', 'in', labelsSeen(reader, 'improvement'))
    .select('mode')
    .distinct()
    .execute()
  return rows.map(({ mode }) => mode)
}

/** The institutions that answer for any improvement, by themselves or by a person of theirs. */
export const ownersPresent = (db: Database, reader: Person, mode: Mode) =>
  db
    .selectFrom('institution')
    .where(
      'id',
      'in',
      seen(db, reader, mode)
        .leftJoin('person as owner', 'owner.id', 'now.owner_person_id')
        .select((eb) => eb.fn.coalesce('now.owner_institution_id', 'owner.institution_id').as('id')),
    )
    .select(['id', 'name_ja', 'name_en'])
    .orderBy('code')
    .execute()
