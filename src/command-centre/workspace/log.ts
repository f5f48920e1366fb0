import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { type Paged, paged } from '#ground/lists/paged.ts'
import { firstPage, type Wanted } from '#ground/lists/wanted.ts'
import { functionCodes } from '#ground/market/words.ts'
import type { Action } from '#ground/trail/actions.ts'

/** What the log of a situation tells, by kind: a reader may ask for one of them. */
export const logKinds = ['command_centre', 'event', 'asking', 'institution', 'publication'] as const
export type LogKind = (typeof logKinds)[number]

type Source = 'trail' | 'change' | 'telegram' | 'publication' | 'report'
type Told = { id: string; proposal_id: string | null; closed_at: Date | null }

/**
 * The story of a situation, newest first: what the agency said of its event, what the command centre did, who was asked, where an
 * institution's own state turned, and what the public was told. It asks the tables themselves, not the right to the trail: the
 * database gives its lines to whoever looks at the whole market.
 */
export async function situationLog(
  db: Database,
  situation: Told,
  { kind, wanted = firstPage, per_page }: { kind: LogKind | null; wanted?: Wanted; per_page: number },
) {
  const found = await paged(
    db
      .selectFrom(entries(db, situation).as('entry'))
      .selectAll()
      .$if(kind !== null, (q) => q.where('kind', '=', kind))
      .orderBy('at', 'desc')
      .orderBy('place', 'desc')
      .orderBy('id'),
    wanted,
    per_page,
  )
  const idsOf = (source: Source) => found.rows.filter((row) => row.source === source).map(({ id }) => id)
  const [lines, changes, telegrams, publications, reports] = await Promise.all([
    linesOf(db, idsOf('trail')),
    changesAmong(db, idsOf('change')),
    telegramsAmong(db, idsOf('telegram')),
    publicationsAmong(db, idsOf('publication')),
    turnsAmong(db, idsOf('report')),
  ])
  const told = new Map<string, Entry>([...lines, ...changes, ...telegrams, ...publications, ...reports])
  return { ...found, rows: found.rows.flatMap(({ source, id, at }) => withTime(told.get(`${source} ${id}`), at)) }
}
const withTime = (entry: Entry | undefined, at: Date) => (entry ? [{ ...entry, at }] : [])

/** Where one of these turned: it stopped, went on by other means or again, or set up its own command centre. */
const turned = () => {
  const each = functionCodes.map(
    (name) => sql`(report.${sql.ref(name)} is distinct from before.${sql.ref(name)}
      and (report.${sql.ref(name)} in ('stopped', 'resumed', 'alternative') or before.${sql.ref(name)} in ('stopped', 'alternative')))`,
  )
  return sql<boolean>`(${sql.join(each, sql` or `)}
    or (report.command_centre = 'set_up' and before.command_centre is distinct from 'set_up'))`
}

/** Which table an entry stands in, and when it was; `place` orders what happened in one moment. */
function entries(db: Database, { id, proposal_id, closed_at }: Told) {
  const row = (
    kind: LogKind | RawBuilder<LogKind>,
    source: Source,
    at: string,
    of: string,
    place: RawBuilder<string>,
  ) =>
    [
      (typeof kind === 'string' ? sql<LogKind>`${sql.lit(kind)}` : kind).as('kind'),
      sql<Source>`${sql.lit(source)}`.as('source'),
      sql<Date>`${sql.ref(at)}`.as('at'),
      sql<string>`${sql.ref(of)}::text`.as('id'),
      place.as('place'),
    ] as const
  const nowhere = sql<string>`0::bigint`
  return (
    db
      .selectFrom('trail')
      .where('about', '=', `/situations/${id}`)
      .where('action', 'not like', 'report.%')
      // Who was refused a look is for the trail.
      .where('action', 'not like', 'access.%')
      // Told as what was heard, with the ways to it.
      .where('action', '<>', 'situation.event-changed' satisfies Action)
      .select(
        row(
          sql<LogKind>`case when trail.action like 'round.%' then 'asking' else 'command_centre' end`,
          'trail',
          'trail.at',
          'trail.id',
          sql<string>`trail.id`,
        ),
      )
      .unionAll(
        db
          .selectFrom('situation_change')
          .where('situation_id', '=', id)
          .select(row('event', 'change', 'situation_change.heard_at', 'situation_change.id', nowhere)),
      )
      .unionAll(
        db
          .selectFrom('telegram')
          .innerJoin('proposal', (join) =>
            join
              .onRef('proposal.event_key', '=', 'telegram.event_key')
              .onRef('proposal.mode', '=', 'telegram.mode')
              .on((eb) => eb.or([eb('proposal.joined_id', '=', id), eb('proposal.id', '=', proposal_id)])),
          )
          .where(sql<boolean>`telegram.received_at > proposal.proposed_at - interval '24 hours'`)
          .$if(closed_at !== null, (q) => q.where('telegram.received_at', '<=', closed_at ?? new Date(0)))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('situation_change as told')
                  .whereRef('told.telegram_id', '=', 'telegram.id')
                  .where('told.situation_id', '=', id)
                  .select('told.id'),
              ),
            ),
          )
          .select(row('event', 'telegram', 'telegram.received_at', 'telegram.id', nowhere)),
      )
      .unionAll(
        db
          .selectFrom('publication')
          .where('situation_id', '=', id)
          .select(row('publication', 'publication', 'publication.published_at', 'publication.id', nowhere)),
      )
      .unionAll(
        db
          .selectFrom('report')
          .leftJoin('report as before', 'before.id', 'report.supersedes')
          .where('report.situation_id', '=', id)
          .where(turned())
          .select(row('institution', 'report', 'report.reported_at', 'report.id', nowhere)),
      )
  )
}

async function linesOf(db: Database, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('trail')
    .leftJoin('institution', 'institution.id', 'trail.institution_id')
    .leftJoin('person', 'person.id', 'trail.person_id')
    .where('trail.id', 'in', ids)
    .select(['trail.id', 'trail.action', 'trail.details', 'trail.person_id', 'trail.who'])
    .select([
      'person.name_en as who_en',
      'institution.name_ja as institution_ja',
      'institution.name_en as institution_en',
    ])
    .$narrowType<{ action: Action }>()
    .execute()
  return rows.map((line) => [`trail ${line.id}`, { source: 'trail' as const, line }] as const)
}

async function changesAmong(db: Database, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('situation_change')
    .leftJoin('person', 'person.id', 'situation_change.reviewed_by')
    .where('situation_change.id', 'in', ids)
    .selectAll('situation_change')
    .select(['person.name_ja as reviewed_by_ja', 'person.name_en as reviewed_by_en'])
    .execute()
  return rows.map((change) => [`change ${change.id}`, { source: 'change' as const, change }] as const)
}

async function telegramsAmong(db: Database, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('telegram')
    .where('id', 'in', ids)
    .select(['id', 'code', 'title', 'headline', 'info_kind'])
    .execute()
  return rows.map((telegram) => [`telegram ${telegram.id}`, { source: 'telegram' as const, telegram }] as const)
}

async function publicationsAmong(db: Database, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('publication')
    .innerJoin('person', 'person.id', 'publication.published_by')
    .where('publication.id', 'in', ids)
    .select(['publication.id', 'publication.number', 'publication.cap_kind'])
    .select(['person.name_ja', 'person.name_en'])
    .select([toldIn('ja').as('text_ja'), toldIn('en').as('text_en')])
    .execute()
  return rows.map(
    (publication) => [`publication ${publication.id}`, { source: 'publication' as const, publication }] as const,
  )
}

/** What a publication said of its situation; of one that is closed, the closing words. */
const toldIn = (language: 'ja' | 'en') =>
  sql<
    string | null
  >`(select coalesce(told ->> ${sql.lit(`closing_${language}`)}, told ->> ${sql.lit(`text_${language}`)})
    from jsonb_array_elements(publication.snapshot -> 'situations') as told
    where told ->> 'id' = publication.situation_id::text)`

async function turnsAmong(db: Database, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('report')
    .innerJoin('institution', 'institution.id', 'report.institution_id')
    .leftJoin('report as before', 'before.id', 'report.supersedes')
    .where('report.id', 'in', ids)
    .select(['report.id', 'institution.name_ja', 'institution.name_en', 'report.resumption_at', 'report.is_on_behalf'])
    .select(functionCodes.map((name) => `report.${name}` as const))
    .select(functionCodes.map((name) => `before.${name} as before_${name}` as const))
    .select(['report.command_centre', 'before.command_centre as before_command_centre'])
    .execute()
  return rows.map((report) => [`report ${report.id}`, { source: 'report' as const, report }] as const)
}

type EntryIn<Load extends (db: Database, ids: string[]) => Promise<(readonly [string, unknown])[]>> = Awaited<
  ReturnType<Load>
>[number][1]
type Entry =
  | EntryIn<typeof linesOf>
  | EntryIn<typeof changesAmong>
  | EntryIn<typeof telegramsAmong>
  | EntryIn<typeof publicationsAmong>
  | EntryIn<typeof turnsAmong>
/** One entry with when it was. */
export type LogEntry = Entry & { at: Date }
export type Log = Paged<LogEntry>
