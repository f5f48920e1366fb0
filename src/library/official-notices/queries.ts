import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { areaByCode, prefectureByCode } from '#ground/market/areas.ts'
import { labels, mayRead } from '#ground/rights/labels.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { type DocumentKind, documentKinds } from './words.ts'

/** What of the documents is looked for: by default what holds; what has expired or was followed stands apart. */
export const shownChoices = ['in_force', 'past', 'every'] as const
export type DocumentFilter = {
  q: string
  kind: DocumentKind | ''
  prefecture: string
  shown: (typeof shownChoices)[number]
}

export const readFilter = (query: (name: string) => string | undefined): DocumentFilter => ({
  q: (query('q') ?? '').replaceAll('\0', '').slice(0, 100),
  kind: documentKinds.find((kind) => kind === query('kind')) ?? '',
  prefecture: prefectureByCode.has(query('prefecture') ?? '') ? (query('prefecture') ?? '') : '',
  shown: shownChoices.find((shown) => shown === query('shown')) ?? 'in_force',
})

/** Whether a document has ended by that civil day: its period is over, or another one has taken its place, from the day on that it names. */
const isPast = (today: string) =>
  sql<boolean>`(coalesce(official_notice.period_to < ${today}::date, false)
    or exists (select from official_notice as after where after.follows_id = official_notice.id
      and coalesce(after.period_from <= ${today}::date, true)))`

/** Documents of ministries and authorities, newest issue first: the page and the file show as much of them as they need. */
export function officialNotices(db: Database, reader: Person, filter: DocumentFilter, today: string) {
  must(reader, 'official-notice.see')
  const { q, kind, prefecture, shown } = filter
  const sought = q.normalize('NFKC').toLowerCase().trim()
  return (
    db
      .selectFrom('official_notice')
      .leftJoin('official_notice as after', 'after.follows_id', 'official_notice.id')
      .where(isReadable(reader))
      .$if(shown !== 'every', (query) => query.where(isPast(today), '=', shown === 'past'))
      .$if(kind !== '', (query) => query.where('official_notice.kind', '=', kind as DocumentKind))
      // One that names no prefecture is for everywhere.
      .$if(prefecture !== '', (query) =>
        query.where(
          sql<boolean>`(official_notice.prefectures = '{}' or ${prefecture} = any (official_notice.prefectures))`,
        ),
      )
      .$if(sought !== '', (query) =>
        query.where(
          sql<boolean>`strpos(lower(normalize(concat_ws(' ', official_notice.title, official_notice.issuer,
          official_notice.reference, official_notice.law, official_notice.places, official_notice.body), nfkc)), ${sought}) > 0`,
        ),
      )
      .select([
        'official_notice.id',
        'official_notice.mode',
        'official_notice.label',
        'official_notice.kind',
        'official_notice.issuer',
        'official_notice.reference',
        'official_notice.issued_on',
        'official_notice.title',
        'official_notice.registered_at',
        'official_notice.prefectures',
        'official_notice.period_from',
        'official_notice.period_to',
        'after.id as after_id',
        'after.follows_how as after_how',
        'after.period_from as after_from',
      ])
      .orderBy('official_notice.issued_on', 'desc')
      .orderBy('official_notice.registered_at', 'desc')
      .orderBy('official_notice.id')
  )
}

/** A document is of no institution: only its label decides. */
/** Whether the reader may read a document of its label; whoever holds no role now, none. */
const isReadable = (reader: Person) => {
  const readable = labels.filter((label) => mayRead(reader, label, null))
  return sql<boolean>`official_notice.label = any(${readable}::text[])`
}

/** One document, with who registered it, the situation to which it belongs, what it follows and what follows it. */
export async function readOfficialNotice(db: Database, reader: Person, id: string) {
  must(reader, 'official-notice.see')
  const notice = await db
    .selectFrom('official_notice')
    .innerJoin('person', 'person.id', 'official_notice.registered_by')
    .leftJoin('situation', 'situation.id', 'official_notice.situation_id')
    .leftJoin('official_notice as before', 'before.id', 'official_notice.follows_id')
    .leftJoin('official_notice as after', 'after.follows_id', 'official_notice.id')
    .where('official_notice.id', '=', id)
    .where(isReadable(reader))
    .selectAll('official_notice')
    .select(['person.name_ja', 'person.name_en', 'situation.title_ja', 'situation.title_en'])
    .select(['before.title as before_title', 'before.issued_on as before_on'])
    .select(['after.id as after_id', 'after.title as after_title', 'after.issued_on as after_on'])
    .select(['after.follows_how as after_how', 'after.period_from as after_from'])
    .executeTakeFirst()
  if (!notice) throw new NotFound(`official notice ${id}`)
  return notice
}

/** Documents that another one may still follow, the newest first: for who registers. */
export const followable = (db: Database) =>
  db
    .selectFrom('official_notice')
    .leftJoin('official_notice as after', 'after.follows_id', 'official_notice.id')
    .where('after.id', 'is', null)
    .select(['official_notice.id', 'official_notice.mode', 'official_notice.title', 'official_notice.issuer'])
    .select(['official_notice.issued_on', 'official_notice.reference'])
    .orderBy('official_notice.issued_on', 'desc')
    .orderBy('official_notice.registered_at', 'desc')
    .limit(200)
    .execute()

/**
 * What holds today in an area: for who looks at the whole directory all of it, for others what names a prefecture where their institution
 * has a site and is addressed to institutions such as theirs. Exercises are no one's everyday.
 */
export async function inForceFor(db: Database, reader: Person, today: string, limit: number) {
  const own = may(reader, 'directory.see') ? null : await prefecturesOf(db, reader.institution_id)
  return db
    .selectFrom('official_notice')
    .where(isReadable(reader))
    .where('official_notice.mode', '=', 'actual')
    .where(sql<boolean>`official_notice.prefectures <> '{}'`)
    .where(isPast(today), '=', false)
    .where(sql<boolean>`coalesce(official_notice.period_from <= ${today}::date, true)`)
    .$if(own !== null, (query) =>
      query.where(
        sql<boolean>`official_notice.prefectures && ${own ?? []}::text[] and exists (select from institution
          where institution.id = ${reader.institution_id}
          and (official_notice.to_kinds = '{}' or institution.kind = any (official_notice.to_kinds))
          and (official_notice.to_memberships = '{}' or institution.membership = any (official_notice.to_memberships)))`,
      ),
    )
    .select(['official_notice.id', 'official_notice.kind', 'official_notice.title', 'official_notice.issuer'])
    .select(['official_notice.prefectures', 'official_notice.period_from', 'official_notice.period_to'])
    .orderBy('official_notice.issued_on', 'desc')
    .orderBy('official_notice.registered_at', 'desc')
    .orderBy('official_notice.id')
    .limit(limit)
    .execute()
}

/** The prefectures in which an institution has a site. */
async function prefecturesOf(db: Database, institution_id: string): Promise<string[]> {
  const sites = await db.selectFrom('site').where('institution_id', '=', institution_id).select('area_code').execute()
  return [...new Set(sites.flatMap(({ area_code }) => areaByCode.get(area_code)?.prefecture_code ?? []))]
}

export type ListedNotice = Awaited<ReturnType<ReturnType<typeof officialNotices>['execute']>>[number]
export type NoticeView = Awaited<ReturnType<typeof readOfficialNotice>>
export type Followable = Awaited<ReturnType<typeof followable>>[number]
export type InForce = Awaited<ReturnType<typeof inForceFor>>[number]
