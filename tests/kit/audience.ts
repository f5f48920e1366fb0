import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { InstitutionKind, Market, Role } from '#ground/db/tables.ts'
import { type Audience, nobody } from '#telling/audience/audience.ts'
import { membersOf } from '#telling/audience/members.ts'

/** Noon in Tokyo on 15 January 2027. */
export const noon = new Date('2027-01-15T03:00:00Z')
export const asked = (said: Partial<Audience>): Audience => ({ ...nobody, ...said })

export type Invented = {
  code: string
  kind?: InstitutionKind
  markets?: Market[]
  /** Area codes of its sites. */
  areas?: string[]
  /** People with these roles. */
  roles?: Role[]
  active_from?: string
  active_to?: string
}

/** Institutions by their codes, as a test needs them. */
export async function settle(db: Database, invented: readonly Invented[]): Promise<Map<string, string>> {
  const rows = await db
    .insertInto('institution')
    .values(
      invented.map(({ code, kind = 'securities_firm', active_from = '2020-01-01', active_to = null }) => ({
        ...{ code, kind, active_from, active_to, name_ja: `架空${code}`, name_en: `Fictional ${code}` },
      })),
    )
    .returning(['id', 'code'])
    .execute()
  const ids = new Map(rows.map(({ id, code }) => [code, id]))
  const each = <Row>(rowsOf: (one: Invented, institution_id: string) => Row[]) =>
    invented.flatMap((one) => rowsOf(one, ids.get(one.code)!))
  const markets = each(({ markets = [] }, institution_id) => markets.map((market) => ({ institution_id, market })))
  if (markets.length > 0) await db.insertInto('institution_market').values(markets).execute()
  const sites = each(({ areas = [] }, institution_id) =>
    areas.map((area_code, index) => ({
      ...{ institution_id, area_code, address: `架空町${index}` },
      kind: index === 0 ? ('head_office' as const) : ('branch' as const),
    })),
  )
  if (sites.length > 0) await db.insertInto('site').values(sites).execute()
  for (const { code, roles = [] } of invented) for (const role of roles) await employ(db, ids.get(code)!, role)
  return ids
}

/** A person in a role; gives their grant. */
export async function employ(db: Database, institution_id: string, role: Role) {
  const { id: person_id } = await db
    .insertInto('person')
    .values({ institution_id, name_ja: '架空 太郎', email: `${randomUUID()}@people.example` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const grant = await db.insertInto('role_grant').values({ person_id, role }).returning('id').executeTakeFirstOrThrow()
  return { person_id, grant_id: grant.id }
}

/** A saved group as it stands in the database. */
export async function group(db: Database, by: string, said: Partial<Audience>, id: string = randomUUID()) {
  await db
    .insertInto('audience_group')
    .values({
      ...{
        id,
        version: 1,
        name_ja: `架空の組 ${id}`,
        name_en: `Fictional ${id}`,
        audience: JSON.stringify(asked(said)),
      },
      ...{ made_by: by, made_at: noon },
    })
    .execute()
  return id
}

/** Takes a saved group out of use. */
export const endGroup = (db: Database, id: string) =>
  db
    .insertInto('audience_group')
    .columns(['id', 'version', 'name_ja', 'name_en', 'audience', 'made_by', 'made_at', 'removed_at'])
    .expression(({ selectFrom, val }) =>
      selectFrom('audience_group_now')
        .where('id', '=', id)
        .select(['id', sql<number>`version + 1`.as('version'), 'name_ja', 'name_en', 'audience', 'made_by'])
        .select([val(noon).as('made_at'), val(noon).as('removed_at')]),
    )
    .execute()

/** The codes of an audience's institutions, in order. */
export const codesOf = async (db: Database, said: Partial<Audience>, at = noon): Promise<string[]> =>
  (
    await db
      .selectFrom(membersOf(db, asked(said), at).as('member'))
      .innerJoin('institution', 'institution.id', 'member.id')
      .select('code')
      .orderBy('code')
      .execute()
  ).map(({ code }) => code)
