import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { navigation } from '#ground/html/navigation.ts'
import { roles } from '#ground/rights/person.ts'
import type { Making } from '../kit/samples/making.ts'
import type { Reader } from '../kit/samples/wing.ts'
import { expected, openSamples } from '../kit/samples.ts'
import { sameOrigin, type TestSite, testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'
import { addressOf, oneOfEverything, thingsIn } from '../kit/things.ts'
import { homeOf, routes } from './homes.ts'

type Client = TestSite['nobody']

let site: TestSite
/** A few forms come in each minute, so that every refusal has a line of its own. */
const forms_a_minute = 15
let sent = 0
const as = {} as Record<Reader, Client>
let make: Making
/** What stands for the parameter of each route, by the path before it. */
let ids: Record<string, string>
let tables: string[]

before(async () => {
  site = await testSite({ clock: () => new Date(Date.now() + Math.ceil(sent / forms_a_minute) * 60_000) })
  const people = await site.people(...roles)
  for (const role of roles) as[role] = people[role].client
  as.nobody = site.nobody
  make = await openSamples(site)
  ids = await oneOfEverything(make, people.bcp_contact)
  tables = await site.tables()
})
after(() => site.close())

const askedBy = (asked: 'GET' | 'POST') =>
  new Set(site.app.routes.filter(({ method, path }) => method === asked && !path.endsWith('*')).map(({ path }) => path))
const here = (path: string) => {
  const address = addressOf(path, ids)
  return path === '/live' ? `${address}?topic=/home` : address
}

test('every route that a slice writes has its line in the program', () => {
  const mounted = new Set(site.app.routes.map(({ method, path }) => `${method} ${path}`))
  const where = (route: string) => `src/app/app.tsx: mount the routes of ${sliceWith(route)}.`
  const all = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const sliceWith = (route: string) => routes[all.indexOf(route)]?.slice
  stands(
    all,
    all.filter((route) => mounted.has(route)),
    where,
  )
})

test('S0-30 every page that can be asked for has its line in the table of rights', () => {
  stands(
    askedBy('GET'),
    Object.keys(expected.pages),
    (path) => `${homeOf(path)}: say in \`pages\` what each role gets there.`,
  )
})

test('S0-30 every form that can be sent has its line in the table of rights', () => {
  stands(
    askedBy('POST'),
    Object.keys(expected.forms),
    (path) => `${homeOf(path)}: say in \`forms\` which roles may send it.`,
  )
})

test('every thing that an address names has its line: one to ask for', () => {
  const asked = [...askedBy('GET'), ...askedBy('POST')]
  const where = (thing: string) => {
    const route = asked.find((each) => thingsIn(each).includes(thing)) ?? thing
    return `${homeOf(route)}: say in \`things\` whose its things are, and which one to ask for.`
  }
  stands(asked.flatMap(thingsIn), Object.keys(expected.things), where)
})

for (const [path, row] of Object.entries(expected.pages))
  test(`S0-30 ${path} is answered by role`, async () => {
    const got: Record<string, number> = {}
    for (const reader of [...roles, 'nobody'] as const) {
      const answer = await as[reader].get(here(path))
      got[reader] = answer.status
      await answer.body?.cancel()
    }
    assert.deepEqual(got, row)
    assert.deepEqual(site.reported, [])
  })

test('the menu offers each role only pages that open for it', () => {
  for (const role of roles) {
    const { pages, folded } = navigation({ ...make.desk.person, roles: [role] })
    // The top page is the public one, which stands in front of the program.
    const own = [...pages, ...folded].filter(({ href }) => href !== '/')
    const closed = own.filter(({ href }) => expected.pages[href]?.[role] !== 200)
    assert.deepEqual(closed, [], `src/ground/html/navigation.ts offers it to ${role}`)
  }
})

/** Forms for people with certain roles, and nobody who has not signed in. */
const forms = Object.entries(expected.forms).flatMap(([path, allowed]) =>
  allowed === 'anyone' ? [] : [[path, allowed] as const],
)

for (const [path, allowed] of forms)
  test(`S0-30 ${path} takes a form from ${allowed.join(', ')} only, and changes nothing for others`, async () => {
    sent++
    for (const role of roles.filter((each) => !allowed.includes(each))) {
      const { trail: _, ...before } = await counts()
      const told = (await site.trailOf(here(path))).length
      const answer = await as[role].post(here(path), { name: 'vxse51-tokyo.xml', idempotency_key: randomUUID() })
      assert.equal(answer.status, 403, role)
      const { trail: _lines, ...rows } = await counts()
      assert.deepEqual(rows, before)
      const lines = await site.trailOf(here(path))
      assert.deepEqual([lines.length, lines.at(-1)?.action], [told + 1, 'access.denied'])
    }
    const away = await as.nobody.post(here(path))
    assert.deepEqual([away.status, away.headers.get('location')], [303, '/sign-in'])
    assert.equal((await as[allowed[0]!].post(here(path), {}, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.deepEqual(site.reported, [])
  })

for (const [path, allowed] of forms)
  test(`${path} answers strange forms with a page, never with an error`, async () => {
    const sender = as[allowed[0]!]
    const strange: [string | FormData, string?][] = [
      ['', 'application/x-www-form-urlencoded'],
      ['a=%00&b=%E0%A4%A&__proto__=1&constructor=2&text=%F0', 'application/x-www-form-urlencoded'],
      ['{"text_ja": 1}', 'application/json'],
      ['--x\r\n', 'multipart/form-data; boundary=x'],
      ['--x', 'multipart/form-data'],
    ]
    for (const [body, type] of strange) {
      const answer = await sender.send('POST', here(path), body, {
        ...sameOrigin,
        ...(type && { 'content-type': type }),
      })
      assert.ok(answer.status < 500, `${answer.status} for ${JSON.stringify(body)}`)
    }
    const address = here(path).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, randomUUID())
    if (address !== here(path)) assert.ok((await sender.post(address)).status < 500)
    assert.deepEqual(site.reported.splice(0), [])
  })

for (const bad of ['x', '1', '%00', randomUUID(), `${randomUUID()}x`, '%E0%A4%A', "'", '..%2f'])
  test(`a page of a thing that is called ${JSON.stringify(bad)} is a 404`, async () => {
    for (const path of askedBy('GET')) {
      if (!path.includes('/:id')) continue
      const at = path.replace(':id', bad)
      if (askedBy('GET').has(at)) continue
      const reader: Reader = [200, 303, 409].includes(expected.pages[path]?.secretariat ?? 403)
        ? 'secretariat'
        : 'bcp_contact'
      assert.equal((await as[reader].get(at)).status, 404, at)
    }
    assert.deepEqual(site.reported.splice(0), [])
  })

/** How many rows each table has. */
async function counts(): Promise<Record<string, number>> {
  const counting = tables.map(
    (table) => sql`select ${table}::text as name, count(*)::int as n from ${sql.table(table)}`,
  )
  const { rows } = await sql<{ name: string; n: number }>`${sql.join(counting, sql` union all `)}`.execute(site.db)
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
