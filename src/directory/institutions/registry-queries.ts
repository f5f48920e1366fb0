import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'

/** The district associations of the list, by code. */
export const listDistricts = (db: Pick<Database, 'selectFrom'>) =>
  db.selectFrom('district_now').select(['code', 'name_ja', 'name_en', 'version']).orderBy('code').execute()
export type District = Awaited<ReturnType<typeof listDistricts>>[number]

/** The same, each with how many institutions are of it. */
export const listDistrictsOfMarket = (db: Pick<Database, 'selectFrom'>) =>
  db
    .selectFrom('district_now as district')
    .select(['district.code', 'district.name_ja', 'district.name_en', 'district.version'])
    .select(({ selectFrom }) =>
      selectFrom('institution')
        .whereRef('institution.district_code', '=', 'district.code')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('institutions'),
    )
    .orderBy('district.code')
    .execute()

/** The institutions that may supervise others. */
export const listSupervisors = (db: Pick<Database, 'selectFrom'>) =>
  db
    .selectFrom('institution')
    .where('kind', '=', 'regulator')
    .select(['id', 'code', 'name_ja', 'name_en'])
    .orderBy('code')
    .execute()

/** What a form or a search lets choose from. */
export async function readRegistryChoices(db: Pick<Database, 'selectFrom'>) {
  const [districts, supervisors] = await Promise.all([listDistricts(db), listSupervisors(db)])
  return { districts, supervisors }
}
export type RegistryChoices = Awaited<ReturnType<typeof readRegistryChoices>>
