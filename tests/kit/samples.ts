import assert from 'node:assert/strict'
import { gather } from './gather.ts'
import { access } from './samples/access.ts'
import { app } from './samples/app.ts'
import { asking } from './samples/asking.ts'
import { commandCentre } from './samples/command-centre.ts'
import { delivery } from './samples/delivery.ts'
import { demo } from './samples/demo.ts'
import { directory } from './samples/directory.ts'
import { forum } from './samples/forum.ts'
import { ground } from './samples/ground.ts'
import { hazards } from './samples/hazards.ts'
import { library } from './samples/library.ts'
import { type Firm, type Making, sendTo, type Table } from './samples/making.ts'
import { people } from './samples/people.ts'
import { publicPage } from './samples/public.ts'
import { rosters } from './samples/rosters.ts'
import { status } from './samples/status.ts'
import { telling } from './samples/telling.ts'
import type { TableSample, Wing } from './samples/wing.ts'
import type { TestSite } from './site.ts'

/** What is expected of each wing, by its folder below src: tests/kit/samples/<wing>.ts. */
export const wings: Readonly<Record<string, Wing>> = {
  access,
  app,
  asking,
  'command-centre': commandCentre,
  delivery,
  demo,
  directory,
  forum,
  ground,
  hazards,
  library,
  people,
  public: publicPage,
  rosters,
  status,
  telling,
}

/** The sample of each table; one without does not compile. */
const samples: Record<Table, TableSample> = {
  ...access.tables,
  ...asking.tables,
  ...commandCentre.tables,
  ...delivery.tables,
  ...directory.tables,
  ...forum.tables,
  ...ground.tables,
  ...hazards.tables,
  ...library.tables,
  ...people.tables,
  ...publicPage.tables,
  ...rosters.tables,
  ...status.tables,
  ...telling.tables,
}
export const tables = Object.keys(samples) as Table[]
const isOfAFirm = (table: Table) => 'each' in samples[table]

/** What is expected of the whole house: the lines of all wings. */
export const expected = {
  tables: gather(wings, 'tables'),
  things: gather(wings, 'things'),
  pages: gather(wings, 'pages'),
  forms: gather(wings, 'forms'),
  own_pages: gather(wings, 'own_pages'),
  own_forms: gather(wings, 'own_forms'),
  unshown: gather(wings, 'unshown'),
}

/** Makes samples in this site, each when it is first asked for. */
export async function openSamples(site: TestSite): Promise<Making> {
  const made = new Map<string, Promise<string>>()
  const { secretariat: desk, secretariat_approver: approver } = await site.people('secretariat', 'secretariat_approver')
  const of = (firm: Firm, table: Table) => {
    const key = isOfAFirm(table) ? `${table} ${firm.person.id}` : table
    const sample = samples[table]
    const known = made.get(key) ?? ('each' in sample ? sample.each(make, firm) : sample.one(make))
    made.set(key, known)
    return known
  }
  const make: Making = {
    site,
    desk,
    approver,
    at: site.tools.clock(),
    of,
    one(table) {
      assert.ok(!isOfAFirm(table), `whose ${table}?`)
      return of(desk, table)
    },
    async first(table) {
      const row = await site.db.selectFrom(table).selectAll().limit(1).executeTakeFirst()
      assert.ok(row, `no ${table}`)
      return 'id' in row ? row.id : ''
    },
    send: sendTo(site),
  }
  return make
}

/** A contact of an institution of the demo market, signed in: who came first, or who came last. */
export async function firmOf(site: TestSite, of: { code: string } | { id: string }, who: 'first' | 'last' = 'first') {
  const [[column, value] = []] = Object.entries(of)
  const { id } = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where(`institution.${column as 'code' | 'id'}`, '=', value ?? '')
    .where('role_grant.role', '=', 'bcp_contact')
    .select(['person.id', 'person.email'])
    .orderBy('person.created_at', who === 'first' ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return site.personOf(id)
}

/** Lets every table have rows: one of what the market has, one of both firms of what each has. */
export async function fillTables(make: Making, firms: readonly Firm[]) {
  for (const table of tables) for (const firm of firms) await make.of(firm, table)
}
