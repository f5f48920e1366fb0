import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { refusal_lines_max, refusal_window_seconds } from '#ground/trail/record-refusal.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { demoPassword } from './demo-password.ts'
import { noteRefusal } from './note-sign-in.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000))
before(async () => {
  site = await testSite({ clock: () => now })
})
after(async () => {
  await site.close()
  assert.deepEqual(site.reported, [])
})
beforeEach(() => pass(86_400))

const address = (n: number) => `198.51.${Math.floor(n / 250)}.${n % 250}`
const lines = async () => (await site.trail()).length
const rows = async () => {
  const counts = await Promise.all(
    (['attempt', 'verification', 'session', 'sso_request', 'kept_form'] as const).map(async (table) => {
      const { count } = await site.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow()
      return [table, Number(count)] as const
    }),
  )
  return Object.fromEntries(counts)
}

test('what cannot be right is refused without a line, a row or a limit, from one address as often as it likes', async () => {
  const { email } = await site.accountOf('secretariat')
  const before = [await lines(), await rows()]
  const one = site.client(undefined, '203.0.113.9')
  for (let n = 0; n < 120; n++)
    for (const [path, form, code] of [
      ['/sign-in', { email, password: '' }, 401],
      ['/sign-in', { email, password: 'x'.repeat(257) }, 401],
      ['/sign-in', { email: `${'x'.repeat(250)}@firm.example`, password: 'some words' }, 401],
      ['/sign-in', { password: demoPassword }, 401],
      ['/sign-in/passkey', { response: '{}' }, 401],
      ['/sign-in/passkey', { response: 'no json' }, 401],
      ['/sign-in/passkey', {}, 401],
      ['/sign-in/code', { code: '123456' }, 401],
      ['/sign-in/code', { recovery_code: 'x' }, 401],
      ['/sign-in/break-glass', { email, code: 'no code', reason: 'none' }, 422],
      ['/sign-in/break-glass', { email, reason: 'none' }, 422],
    ] as const)
      assert.equal((await one.post(path, form)).status, code, path)
  assert.deepEqual([await lines(), await rows()], before)
  assert.deepEqual(await site.db.selectFrom('break_glass_miss').selectAll().execute(), [])
})

test('challenges for passkeys are given to a limit, and one that was answered counts no more', async () => {
  const one = site.client(undefined, '203.0.113.10')
  const codes: number[] = []
  for (let n = 0; n < 230; n++) codes.push((await one.post('/sign-in/passkey/options')).status)
  assert.deepEqual([...new Set(codes)], [200, 429])
  assert.equal(codes.filter((code) => code === 200).length, 200)
  assert.equal((await site.client(undefined, '203.0.113.11').post('/sign-in/passkey/options')).status, 200)
  // Who is signed in proves who they are with one, and is not held up by strangers at the same address.
  const { cookie } = await site.as('secretariat')
  assert.equal((await site.client(cookie, '203.0.113.10').post('/sign-in/passkey/options')).status, 200)
})

test('nobody who is not known fills the trail: so many lines, then they are counted, and the count is told', async () => {
  const first = await lines()
  const many = refusal_lines_max.nobody + 30
  for (let n = 0; n < many; n++) await site.client(undefined, address(n)).get('/sign-in/sso/answer')
  const told = (await site.trail()).slice(first)
  assert.equal(told.length, refusal_lines_max.nobody)
  assert.ok(told.every(({ action }) => action === 'sign-in.refused'))
  const until = new Date(now.getTime() + refusal_window_seconds * 1000).toISOString()
  assert.equal(told.at(-1)?.details.counted_until, until)
  assert.ok(told.slice(0, -1).every(({ details }) => !('counted_until' in details)))

  const began = now.toISOString()
  pass(refusal_window_seconds)
  await site.nobody.get('/sign-in/sso/answer')
  const [sum, next, ...more] = (await site.trail()).slice(first + told.length)
  assert.deepEqual(sum?.details, { more: 30, since: began })
  assert.deepEqual([next?.details.reason, more], ['state', []])
})

test('guesses at one account from everywhere leave ten lines, and none is lost on another', async () => {
  const [one, other] = await site.db.selectFrom('person').select('id').orderBy('email').limit(2).execute()
  const about = async (person_id: string) =>
    (await site.trail()).filter(
      ({ action, details }) => action === 'sign-in.refused' && details.person_id === person_id,
    )
  for (let n = 0; n < 25; n++) await noteRefusal({ whole: site.db }, { person_id: one!.id }, now)
  await noteRefusal({ whole: site.db }, { person_id: other!.id }, now)
  assert.deepEqual([(await about(one!.id)).length, (await about(other!.id)).length], [refusal_lines_max.person, 1])
})

test('guesses at all accounts together leave no more lines than the limit, at once and on two connections', async () => {
  const first = await lines()
  const people = await site.db.selectFrom('person').select('id').limit(100).execute()
  assert.ok(people.length * refusal_lines_max.person > refusal_lines_max.everyone)
  for (const { id: person_id } of people)
    await Promise.all(Array.from({ length: 8 }, () => noteRefusal({ whole: site.db }, { person_id }, now)))
  const told = (await site.trail()).slice(first)
  // What was only counted in the test before is told, too.
  assert.equal(told.filter(({ details }) => !('more' in details)).length, refusal_lines_max.everyone)
  pass(refusal_window_seconds)
  await noteRefusal({ whole: site.db }, { person_id: people[0]!.id }, now)
  const sums = (await site.trail()).slice(first + told.length).map(({ details }) => details.more)
  assert.ok(sums.includes(people.length * 8 - refusal_lines_max.everyone), String(sums))
})

test('the pages that anybody may ask for write no line, whatever is asked', async () => {
  const before = await lines()
  const pages = ['/', '/sign-in', '/sign-in/sso', '/sign-in/break-glass', '/sign-in/code', '/home', '/live?topic=/home']
  for (const path of [...pages, `/invitations/${randomUUID()}`, '/a/abcdefghijklmnopqrstuvwxyz', '/board', '/trail'])
    for (const headers of [{}, { cookie: 'noroshi.session_token=x.y' }, { 'x-forwarded-for': '192.0.2.1' }])
      await site.nobody.get(path, headers)
  for (const path of [
    '/language',
    '/sign-out',
    '/sign-in/kept',
    '/reports',
    '/gateway/sms',
    `/notices/${randomUUID()}/answer`,
  ])
    await site.nobody.post(path, { language: 'xx', back: '//x' })
  assert.equal(await lines(), before)
})
