import { type SqlBool, sql } from 'kysely'
import { hoursAt } from '#directory/contacts/index.ts'
import { partnersOf } from '#directory/exchange/index.ts'
import { kinds } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import { type Counted, pageWithin } from '#ground/lists/paged.ts'
import { type Wanted, windowOf } from '#ground/lists/wanted.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Sought, Word } from './query.ts'
import { wordsOf } from './query.ts'

/**
 * The institutions whose contacts this reader may see in every detail: their own, their partners and the association; null:
 * all. A list that is made once, so that indexes lead from it to the few rows.
 */
const seenBy = (db: Database, reader: Person) =>
  may(reader, 'directory.see')
    ? null
    : sql<string[]>`array(${db
        .selectFrom('institution')
        .where((eb) =>
          eb.or([
            eb('id', '=', reader.institution_id),
            eb('kind', '=', 'association'),
            eb('id', 'in', partnersOf(db, reader.institution_id)),
            ...(may(reader, 'directory.see-supervised') ? [eb('supervised_by', '=', reader.institution_id)] : []),
          ]),
        )
        .select('id')})`
type SeenBy = ReturnType<typeof seenBy>
/** Of a list of addresses only those of these institutions. */
const within = (seen: SeenBy) => (seen ? sql`and institution_id = any(${seen})` : sql``)

/** A word is found in the name of the institution or of the contact, or in one of the ways to reach them; each list is looked through once. */
function holds({ letters, digits }: Word, seen: SeenBy) {
  // Addresses are kept in ASCII: there are three times as many as contacts, and no need to look for a name among them.
  const ways = /^[ -~]+$/.test(letters)
    ? sql`or contact.id in (select contact_id from contact_address where removed_at is null
        and strpos(sought, ${digits ?? letters}) > 0 ${within(seen)})`
    : sql``
  return sql<SqlBool>`(strpos(contact.sought, ${letters}) > 0
    or contact.institution_id in (select id from institution where strpos(sought, ${letters}) > 0) ${ways})`
}

/** The institutions with their place in the market's order: found once for each of them, not for each of its contacts. */
const inMarket = (db: Database) =>
  db
    .selectFrom('institution')
    .select(['id', 'code', 'kind', 'name_ja', 'name_en'])
    .select(sql<string>`row_number() over (order by array_position(${[...kinds]}::text[], kind), code)`.as('place'))
    .as('institution')

/** What the search means, as a query without columns: used for the page, for the exports and for the copy that a phone keeps. */
function found(db: Database, reader: Person, sought: Sought, at: Date) {
  const { q, kind, area, reachable } = sought
  const seen = seenBy(db, reader)
  return wordsOf(q)
    .reduce(
      (query, word) => query.where(holds(word, seen)),
      db
        .selectFrom('contact')
        .where('contact.removed_at', 'is', null)
        .$if(seen !== null, (query) => query.where(sql<SqlBool>`contact.institution_id = any(${seen!})`)),
    )
    .$if(kind !== null, (query) =>
      query.where('contact.institution_id', 'in', (eb) =>
        eb.selectFrom('institution').where('kind', '=', kind!).select('id'),
      ),
    )
    .$if(area !== null, (query) =>
      query.where('contact.institution_id', 'in', (eb) =>
        eb.selectFrom('site').where('site.area_code', '=', area!).select('site.institution_id'),
      ),
    )
    .$if(reachable !== null, (query) =>
      query.where(sql<SqlBool>`contact.hours @> ${[hoursAt(at)]}::text[] and contact.id in
        (select contact_id from contact_address where removed_at is null and quarantined_at is null ${within(seen)})`),
    )
}

type FoundQuery = ReturnType<typeof found>

const shownOfContact = [
  'contact.id',
  'contact.institution_id',
  'contact.rank',
  'contact.name_ja',
  'contact.name_en',
  'contact.reading',
  'contact.title',
  'contact.duties',
  'contact.hours',
  'contact.confirmed_at',
  'contact.changed_at',
] as const
const shownOfInstitution = [
  'institution.code',
  'institution.kind',
  'institution.name_ja as institution_ja',
  'institution.name_en as institution_en',
] as const

const whole = (db: Database, query: FoundQuery) =>
  query
    .innerJoin(inMarket(db), 'institution.id', 'contact.institution_id')
    .select(shownOfContact)
    .select(shownOfInstitution)
    .orderBy('institution.place')
    .orderBy('contact.rank')
    .orderBy('contact.id')

/**
 * So many of what was found, from `start` on, each with how many there are in all. What matches is looked for once and counted
 * by institution; only what the institutions of this page have is put in order and read whole.
 */
const rowsFrom = (db: Database, query: FoundQuery, start: number, per_page: number) =>
  db
    .with(
      (cte) => cte('hit').materialized(),
      () => query.select(['contact.id', 'contact.institution_id']),
    )
    .with('counted', (cte) =>
      cte
        .selectFrom('hit')
        .groupBy('hit.institution_id')
        .select(({ fn }) => ['hit.institution_id', fn.countAll<string>().as('hits')]),
    )
    .with('placed', (cte) =>
      cte
        .selectFrom('counted')
        .innerJoin(inMarket(db), 'institution.id', 'counted.institution_id')
        .select(['institution.id', 'institution.place', 'counted.hits'])
        .select(shownOfInstitution)
        .select([sql<string>`sum(hits) over (order by place)`.as('up_to'), sql<string>`sum(hits) over ()`.as('total')]),
    )
    .with('shown', (cte) =>
      cte
        .selectFrom('placed')
        .selectAll()
        .where(sql<SqlBool>`up_to > ${start} and up_to - hits < ${start + per_page}`),
    )
    .selectFrom('shown')
    .innerJoin('hit', 'hit.institution_id', 'shown.id')
    .innerJoin('contact', 'contact.id', 'hit.id')
    .select(shownOfContact)
    .select(['shown.code', 'shown.kind', 'shown.institution_ja', 'shown.institution_en', 'shown.total'])
    .orderBy('shown.place')
    .orderBy('contact.rank')
    .orderBy('contact.id')
    .limit(per_page)
    // Those of the first institution shown may begin on the page before.
    .offset(sql<number>`${start} - (select min(up_to - hits) from shown)`)
    .execute()

/** One page of the contacts found, and how many there are in all; behind the last page stands the last. */
export async function searchContacts(
  db: Database,
  reader: Person,
  sought: Sought,
  { at, wanted, per_page }: { at: Date; wanted: Wanted; per_page: number },
): Promise<Counted<Found>> {
  const query = found(db, reader, sought, at)
  const rowsOn = (part: Wanted) => {
    const { offset, limit } = windowOf(part, per_page)
    return rowsFrom(db, query, offset, limit)
  }
  let rows = await rowsOn(wanted)
  // Behind the last page there is no row that could say how many there are.
  const counted =
    rows[0] ??
    (wanted.page > 1 ? await query.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirst() : undefined)
  const count = Number(counted?.total ?? 0)
  const shown = pageWithin(count, wanted, per_page)
  if (rows.length === 0 && count > 0) rows = await rowsOn(shown)
  const contacts = rows.map(({ total: _, ...contact }) => contact)
  return { rows: await withAddresses(db, contacts), ...shown }
}

/** All contacts found, for an export; of one institution only when it is named. */
export async function allContacts(
  db: Database,
  reader: Person,
  sought: Sought,
  { at, institution_id }: { at: Date; institution_id?: string | undefined },
) {
  const rows = await whole(db, found(db, reader, sought, at))
    .$if(institution_id !== undefined, (query) => query.where('contact.institution_id', '=', institution_id!))
    .execute()
  return withAddresses(db, rows)
}

/** Adds the ways to reach each contact, in the order in which they are tried; one that refused comes last. */
async function withAddresses<Row extends { id: string }>(db: Database, rows: Row[]) {
  const addresses =
    rows.length === 0
      ? []
      : await db
          .selectFrom('contact_address')
          .where('removed_at', 'is', null)
          .where(sql<SqlBool>`contact_id = any(${rows.map(({ id }) => id)}::uuid[])`)
          .select(['contact_id', 'means', 'address', 'extension', 'is_role_mailbox', 'person_behind', 'quarantined_at'])
          .orderBy(sql`quarantined_at is not null`)
          .orderBy('rank')
          .execute()
  const of = Map.groupBy(addresses, ({ contact_id }) => contact_id)
  return rows.map((row) => ({ ...row, addresses: of.get(row.id) ?? [] }))
}

/** Institutions whose name, reading or code holds every word: names are known to everyone who is signed in. */
export async function searchInstitutions(db: Database, { q, kind }: Sought, limit: number) {
  const words = wordsOf(q)
  if (words.length === 0) return []
  return words
    .reduce(
      (query, { letters }) => query.where(sql<SqlBool>`strpos(institution.sought, ${letters}) > 0`),
      db.selectFrom('institution').$if(kind !== null, (query) => query.where('institution.kind', '=', kind!)),
    )
    .select(['id', 'code', 'kind', 'name_ja', 'name_en'])
    .orderBy(sql`array_position(${[...kinds]}::text[], institution.kind)`)
    .orderBy('code')
    .limit(limit)
    .execute()
}

export type Found = Awaited<ReturnType<typeof allContacts>>[number]
export type FoundInstitution = Awaited<ReturnType<typeof searchInstitutions>>[number]
