import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { counted } from '#ground/lists/paged.ts'
import type { Wanted } from '#ground/lists/wanted.ts'
import { may, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { DirectoryFilter } from './directory-filter.ts'
import { kinds } from './words.ts'

/** Institutions that this reader may see: all with the right to the directory, else their own and what it supervises. */
const visible = (db: Database, reader: Person) =>
  db
    .selectFrom('institution')
    .$if(!may(reader, 'directory.see'), (q) =>
      q.where((eb) =>
        eb.or([
          eb('institution.id', '=', reader.institution_id),
          ...(may(reader, 'directory.see-supervised')
            ? [eb('institution.supervised_by', '=', reader.institution_id)]
            : []),
        ]),
      ),
    )

/**
 * The institutions that this reader may see and that are like the filter, by kind and code, with what the list and its file say of
 * each; `q` is a part of a name or code, whatever its width and case.
 */
export function institutionsLike(db: Database, reader: Person, filter: DirectoryFilter) {
  return found(db, reader, filter)
    .leftJoin('district_now as district', 'district.code', 'institution.district_code')
    .leftJoin('institution as supervisor', 'supervisor.id', 'institution.supervised_by')
    .select(['institution.id', 'institution.code', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .select(['institution.membership', 'institution.is_asked', 'institution.registration_kind'])
    .select(['institution.registration_number', 'district.name_ja as district_ja', 'district.name_en as district_en'])
    .select(['supervisor.name_ja as supervisor_ja', 'supervisor.name_en as supervisor_en'])
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
}

function found(db: Database, reader: Person, { q, kind, membership, district, supervisor }: DirectoryFilter) {
  const sought = q.normalize('NFKC').toLowerCase().trim()
  const names = sql<string>`lower(normalize(institution.code || ' ' || institution.name_ja || ' ' || institution.name_en || ' ' || institution.reading, nfkc))`
  return visible(db, reader)
    .$if(sought !== '', (query) => query.where(sql<boolean>`strpos(${names}, ${sought}) > 0`))
    .$if(kind !== '', (query) => query.where('institution.kind', '=', kind as Exclude<typeof kind, ''>))
    .$if(membership !== '', (query) =>
      query.where('institution.membership', '=', membership as Exclude<typeof membership, ''>),
    )
    .$if(district !== '', (query) => query.where('institution.district_code', '=', district))
    .$if(supervisor !== '', (query) =>
      query.where('institution.supervised_by', 'in', (eb) =>
        eb.selectFrom('institution as authority').where('authority.code', '=', supervisor).select('authority.id'),
      ),
    )
}

/** One page of them, and how many there are in all. */
export async function listInstitutions(
  db: Database,
  reader: Person,
  { filter, wanted, per_page }: { filter: DirectoryFilter; wanted: Wanted; per_page: number },
) {
  const { total } = await found(db, reader, filter)
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return counted(institutionsLike(db, reader, filter), Number(total), wanted, per_page)
}

/** One institution with its sites, what it does, and who answers for it in which order. */
export async function readInstitution(db: Database, reader: Person, id: string) {
  const institution = await visible(db, reader)
    .where('institution.id', '=', id)
    .selectAll('institution')
    .executeTakeFirst()
  if (!institution) throw new NotFound(`institution ${id}`)
  const relative = () => db.selectFrom('institution').select(['id', 'code', 'name_ja', 'name_en']).orderBy('code')
  const [markets, functions, sites, contacts, parent, children, confirmed, supervisor, district] = await Promise.all([
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
    institution.supervised_by ? relative().where('id', '=', institution.supervised_by).executeTakeFirst() : undefined,
    institution.district_code
      ? db
          .selectFrom('district_now')
          .where('code', '=', institution.district_code)
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
    /** Its name only for those who may see it. */
    supervisor: supervisor ?? null,
    district: district ?? null,
    children,
    /** Who confirmed the entry; their name only for those who may see it. */
    confirmed: confirmed ?? null,
  }
}

export type Listed = Awaited<ReturnType<typeof listInstitutions>>['rows'][number]
export type InstitutionView = Awaited<ReturnType<typeof readInstitution>>
