import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { roles } from '#ground/rights/person.ts'
import type { Making } from '../kit/samples/making.ts'
import type { Senders } from '../kit/samples/wing.ts'
import { expected, firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'
import { addressOf, isOwn, ownThings } from '../kit/things.ts'
import { homeOf } from './homes.ts'

type Things = Record<string, string>

let site: TestSite
/** A few forms come in each minute, so that every refusal has a line of its own. */
const forms_a_minute = 8
let sent = 0
let make: Making
const as = {} as Record<Role, TestSite['nobody']>
/** The things of each role's own institution, and those of one that none of them is of, by the path before the id. */
const own = {} as Record<Role, Things>
let other: Things

before(async () => {
  site = await testSite({ clock: () => new Date(Date.now() + Math.ceil(sent / forms_a_minute) * 60_000) })
  make = await openSamples(site)
  const known = new Map<string, Things>()
  for (const role of roles) {
    as[role] = await site.as(role)
    const { institution_id } = await site.accountOf(role)
    const things = known.get(institution_id) ?? (await thingsOf(institution_id))
    known.set(institution_id, things)
    own[role] = things
  }
  const { id } = await site.db.selectFrom('institution').select('id').where('code', '=', 'CB').executeTakeFirstOrThrow()
  assert.ok(!known.has(id))
  other = await thingsOf(id)
})
after(() => site.close())

const thingsOf = async (id: string) => ownThings(make, await firmOf(site, { id }, 'last'))

const ownBy = (asked: 'GET' | 'POST') =>
  site.app.routes.filter(({ method, path }) => method === asked && isOwn(path)).map(({ path }) => path)

test('every page and form about a thing of an institution stands here with its own and another’s', () => {
  const where = (heading: string, what: string) => (path: string) => `${homeOf(path)}: say in \`${heading}\` ${what}`
  stands(
    ownBy('GET'),
    Object.keys(expected.own_pages),
    where('own_pages', 'what each role gets of their own and of another’s.'),
  )
  stands(
    ownBy('POST'),
    Object.keys(expected.own_forms),
    where('own_forms', 'who may send it about their own and about another’s.'),
  )
})

for (const [path, rows] of Object.entries(expected.own_pages))
  for (const whose of ['own', 'other'] as const)
    test(`fault 19: ${path} of ${whose === 'own' ? 'one’s own' : 'another'} institution is answered by role`, async () => {
      const got: Record<string, number> = {}
      for (const role of roles)
        got[role] = (await as[role].get(addressOf(path, whose === 'own' ? own[role] : other))).status
      assert.deepEqual(got, rows[whose])
      assert.deepEqual(site.reported, [])
    })

for (const [path, rows] of Object.entries<Senders>(expected.own_forms))
  for (const whose of ['own', 'other'] as const)
    test(`fault 19: ${path} of ${whose === 'own' ? 'one’s own' : 'another'} institution takes a form from ${rows[whose].join(', ')} only`, async () => {
      sent++
      for (const role of roles) {
        const address = addressOf(path, whose === 'own' ? own[role] : other)
        const answer = await as[role].post(address)
        // Empty, so that nothing is done by those who may.
        if (rows[whose].includes(role)) assert.notEqual(answer.status, 403, role)
        else if (whose === 'other' && rows.hidden?.includes(role)) assert.equal(answer.status, 404, role)
        else assert.equal(answer.status, 403, role)
        if (answer.status === 403) assert.equal((await site.trailOf(address)).at(-1)?.action, 'access.denied')
      }
      assert.deepEqual(site.reported, [])
    })
