import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword, readPerson } from '#access/sign-in/index.ts'
import { signIn } from '#access/sign-in/sign-in.ts'
import { hasLeiForm, hasMicForm } from '#directory/institutions/codes.ts'
import { openAuth } from '#ground/auth/auth.ts'
import { areaByCode } from '#ground/market/areas.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { parseRoster, type RosterLine } from '#rosters/roster/index.ts'
import { seenWhole, type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { loadMarket } from './load-market.ts'
import { demo_institutions, fictionalMarket } from './market.ts'

let database: TestDatabase
let now = new Date('2027-01-15T00:00:00Z')
const tools = () => ({ ...seenWhole(database.db), clock: () => now, config: { mode: 'demo' } }) as unknown as Tools

before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('S0-13 the demo market has every kind of institution that a market needs', () => {
  const kinds = Map.groupBy(fictionalMarket(), ({ kind }) => kind)
  assert.deepEqual(Object.fromEntries([...kinds].map(([kind, lines]) => [kind, lines.length])), {
    association: 1,
    exchange: 3,
    pts: 2,
    clearing_equities: 1,
    clearing_bonds: 1,
    depository: 1,
    central_bank: 1,
    regulator: 1,
    securities_firm: 40,
    special_member: 8,
  })
})

for (const count of [5, demo_institutions, 500, 1000])
  test(`a market of ${count} is always the same, is invented, and would pass as a roster`, () => {
    const lines = fictionalMarket(count)
    assert.equal(lines.length, count)
    assert.deepEqual(lines, fictionalMarket(count))
    for (const { sites, contacts } of lines) {
      for (const { address, area_code } of sites) {
        assert.match(address, /架空/)
        assert.ok(address.startsWith(prefecture(area_code)), `${address} is not in ${area_code}`)
      }
      for (const { mail, phone } of contacts) {
        assert.match(mail, /\.example$/)
        assert.match(phone!, /^\+8130000\d{4}$/)
      }
      assert.equal(new Set(sites.map(({ area_code }) => area_code)).size, 2, 'one shock should not hit both sites')
    }
    const parsed = parseRoster(Buffer.from(asCsv(lines)))
    assert.deepEqual(parsed, { lines })
  })

test('no two names of the market are the same, and no two people up to 597 institutions', () => {
  const lines = fictionalMarket(597)
  assert.equal(new Set(lines.flatMap(({ name_ja, name_en }) => [name_ja, name_en])).size, 2 * 597)
  assert.equal(new Set(lines.flatMap(({ contacts }) => contacts.map(({ name_ja }) => name_ja))).size, 2 * 597)
})

test('two processes that start at once load the market once; a later start leaves it alone', async () => {
  const loaded = await Promise.all([loadMarket(tools()), loadMarket(tools())])
  assert.deepEqual(loaded.map(({ loaded }) => loaded).sort(), [false, true])
  assert.deepEqual(await loadMarket(tools()), { loaded: false })

  const { db } = database
  const count = async (table: 'institution' | 'person' | 'credential' | 'role_grant' | 'contact') =>
    (await db.selectFrom(table).selectAll().execute()).length
  // The bureau comes with every market.
  const people = 60 * 2 + 11
  assert.equal(await count('institution'), 60)
  for (const table of ['person', 'credential', 'role_grant'] as const) assert.equal(await count(table), people)
  const trail = await db.selectFrom('trail').selectAll().execute()
  assert.deepEqual(
    trail.map(({ who, action, about, details }) => ({ who, action, about, details })),
    [{ who: 'demo', action: 'market.loaded', about: '/institutions', details: { institutions: 60, people } }],
  )
  assert.equal((await db.selectFrom('contact').selectAll().where('person_id', 'is', null).execute()).length, 0)
  assert.equal((await db.selectFrom('person').selectAll().where('is_demo', '=', false).execute()).length, 0)
})

for (const [email, role] of [
  ['desk@assoc.example', 'secretariat'],
  ['desk-deputy@assoc.example', 'secretariat'],
  ['observer@reg.example', 'authority'],
  ['observer@cb.example', 'authority'],
  ['observer@lfbw.example', 'local_authority'],
  ['audit@assoc.example', 'auditor'],
  ['bcp@assoc.example', 'bcp_contact'],
  ['bcp@soten.example', 'bcp_contact'],
  ['deputy@sokyu.example', 'bcp_contact'],
] as const)
  test(`the demo account ${email} signs in as ${role}`, async () => {
    const auth = openAuth({ db: database.db, secret: 'a-secret-of-this-test-0123456789', origin: 'http://localhost' })
    const form = { email, password: demoPassword, next: '' }
    const asking = { headers: new Headers(), address: 'here' }
    const answer = await signIn(tools(), auth, form, asking)
    assert.ok('headers' in answer, 'it was refused')
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
    const person = await readPerson(database.db, session!.user.id)
    assert.deepEqual(person?.roles, [role])
    assert.deepEqual(await signIn(tools(), auth, { ...form, password: `${demoPassword}x` }, asking), {
      failed: 'refused',
    })
  })

test('accounts are listed in the order in which they show the most', async () => {
  const people = await database.db.selectFrom('person').select('email').orderBy('created_at').limit(4).execute()
  assert.deepEqual(
    people.map(({ email }) => email),
    ['desk@assoc.example', 'bcp@soten.example', 'bcp@sokyu.example', 'desk-deputy@assoc.example'],
  )
})

test('a market of 500 is loaded whole', async () => {
  const large = await testDatabase()
  now = new Date('2027-01-16T00:00:00Z')
  await loadMarket({ db: large.db, clock: () => now }, { institutions: 500 })
  const people = await large.db.selectFrom('person').select('email').execute()
  await large.close()
  assert.equal(people.length, 501 * 2 + 11)
})

const prefecture = (area_code: string) => {
  const { name } = areaByCode.get(area_code)!
  return /^石狩/.test(name) ? '北海道' : name.match(/^.+?[都府県]/)![0]
}

/** The market as a file, in the columns of a roster. */
function asCsv(lines: RosterLine[]): string {
  const rows = lines.map(({ code, kind, name_ja, name_en, markets, functions, sites, contacts }) => [
    ...[code, kind, name_ja, name_en, markets.join(';'), functions.join(';')],
    ...sites.flatMap(({ address, area_code }) => [address, area_code]),
    ...contacts.flatMap(({ name_ja, name_en, mail, phone }) => [name_ja, name_en, mail, phone]),
  ])
  const head =
    'code,kind,name_ja,name_en,markets,functions,head_office_address,head_office_area,data_centre_address,data_centre_area'
  const who = (rank: string) => ['name', 'name_en', 'mail', 'phone'].map((what) => `${rank}_${what}`).join(',')
  return `${[`${head},${who('primary')},${who('deputy')}`, ...rows.map((row) => row.join(','))].join('\n')}\n`
}

test('every column of the directory has values in the demo, of the form of real ones, and each can be searched by', async () => {
  await loadMarket(tools())
  const institutions = await database.db.selectFrom('institution').selectAll().orderBy('code').execute()
  const columns = ['code', 'kind', 'name_ja', 'name_en', 'reading', 'lei', 'mic', 'parent_id', 'active_from'] as const
  for (const column of columns)
    assert.ok(
      institutions.some((one) => one[column]),
      `no institution of the demo has: ${column}`,
    )
  for (const { name_ja, reading, lei, kind, mic } of institutions) {
    assert.match(reading, /^[\p{Script=Hiragana}A-Z0-9]+$/u, name_ja)
    assert.ok(lei && hasLeiForm(lei) && lei.startsWith('XXXX'), `${name_ja}: ${lei}`)
    assert.equal(mic !== null && hasMicForm(mic), kind === 'exchange' || kind === 'pts', name_ja)
  }
  for (const column of ['reading', 'lei', 'mic'] as const) {
    const values = institutions.flatMap((one) => one[column] ?? [])
    assert.equal(new Set(values).size, values.length, `two of one ${column}`)
  }
  const contacts = await database.db.selectFrom('contact').selectAll().execute()
  for (const column of [
    'name_ja',
    'name_en',
    'reading',
    'title',
    'duties',
    'hours',
    'first_responder',
    'called_by',
  ] as const)
    assert.ok(
      contacts.some((one) => one[column] && one[column]?.length !== 0),
      `no contact of the demo has: ${column}`,
    )
})
