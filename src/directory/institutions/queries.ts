import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { counted } from '#ground/lists/paged.ts'
import type { Wanted } from '#ground/lists/wanted.ts'
import { may, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { kinds } from './words.ts'

/** Institutions that this reader may see: all with the right to the directory, else their own. */
const visible = (db: Database, reader: Person) =>
  db
    .selectFrom('institution')
    .$if(!may(reader, 'directory.see'), (q) => q.where('institution.id', '=', reader.institution_id))

/** One page of the directory, by kind and code, and how many there are in all; `q` is a part of a name or code, whatever its width and case. */
export async function listInstitutions(
  db: Database,
  reader: Person,
  { q, wanted, per_page }: { q: string; wanted: Wanted; per_page: number },
) {
  const sought = q.normalize('NFKC').toLowerCase().trim()
  const names = sql<string>`lower(normalize(institution.code || ' ' || institution.name_ja || ' ' || institution.name_en || ' ' || institution.reading, nfkc))`
  const found = visible(db, reader).$if(sought !== '', (query) =>
    query.where(sql<boolean>`strpos(${names}, ${sought}) > 0`),
  )
  const { total } = await found.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const institutions = found
    .select(['institution.id', 'institution.code', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .select(({ selectFrom, fn }) => [
      selectFrom('site')
        .whereRef('site.institution_id', '=', 'institution.id')
        .select(sql<string[] | null>`array_agg(distinct area_code order by area_code)`.as('areas'))
        .as('areas'),
      selectFrom('contact')
        .whereRef('contact.institution_id', '=', 'institution.id')
        .where('contact.removed_at', 'is', null)
        .select(fn.countAll<string>().as('contacts'))
        .as('contacts'),
    ])
    .orderBy(sql`array_position(${[...kinds]}::text[], institution.kind)`)
    .orderBy('institution.code')
  return counted(institutions, Number(total), wanted, per_page)
}

/** One institution with its sites, what it does, and who answers for it in which order. */
export async function readInstitution(db: Database, reader: Person, id: string) {
  const institution = await visible(db, reader)
    .where('institution.id', '=', id)
    .selectAll('institution')
    .executeTakeFirst()
  if (!institution) throw new NotFound(`institution ${id}`)
  const relative = () => db.selectFrom('institution').select(['id', 'code', 'name_ja', 'name_en']).orderBy('code')
  const [markets, functions, sites, contacts, parent, children, confirmed] = await Promise.all([
    db.selectFrom('institution_market').where('institution_id', '=', id).select('market').execute(),
    db.selectFrom('institution_function').where('institution_id', '=', id).select('function_code').execute(),
    db.selectFrom('site').where('institution_id', '=', id).selectAll().execute(),
    db.selectFrom('contact_card').where('institution_id', '=', id).selectAll().orderBy('rank').execute(),
    institution.parent_id ? relative().where('id', '=', institution.parent_id).executeTakeFirst() : undefined,
    relative().where('parent_id', '=', id).execute(),
    institution.confirmed_by
      ? db
          .selectFrom('person')
          .where('id', '=', institution.confirmed_by)
          .select(['name_ja', 'name_en'])
          .executeTakeFirst()
      : undefined,
  ])
  return {
    ...institution,
    markets: markets.map(({ market }) => market),
    functions: functions.map(({ function_code }) => function_code),
    sites,
    contacts,
    parent: parent ?? null,
    children,
    /** Who confirmed the entry; their name only for those who may see it. */
    confirmed: confirmed ?? null,
  }
}

export type Listed = Awaited<ReturnType<typeof listInstitutions>>['rows'][number]
export type InstitutionView = Awaited<ReturnType<typeof readInstitution>>
