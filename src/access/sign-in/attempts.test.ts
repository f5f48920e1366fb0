import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openProgram } from '#ground/db/database.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { mayTry, tried } from './attempts.ts'
import { demoPassword } from './demo-password.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}
before(async () => {
  site = await testSite({ clock: () => now, config: { trusted_proxies: ['10.9.9.9'] } })
})
after(() => site.close())
beforeEach(() => pass(31 * 86_400))

const from = (address: string) => site.client(undefined, address)
const signIn = (email: string, password = demoPassword, address = '203.0.113.5', headers = {}) =>
  from(address).post('/sign-in', { email, password }, { 'sec-fetch-site': 'same-origin', ...headers })
const wrong = async (email: string, count: number, { address = '203.0.113.5', apart = 10 } = {}) => {
  for (let n = 0; n < count; n++) {
    assert.equal((await signIn(email, 'not the right one', address)).status, 401, `failure ${n + 1}`)
    pass(apart)
  }
}
/** The same without a password to hash: `count` accounts that fail once each where someone has just failed. */
const strangersFail = async (count: number, account: (n: number) => string = (n) => `x${n}@firm.example`) => {
  const last = await site.db
    .selectFrom('attempt')
    .select('address')
    .orderBy('tried_at', 'desc')
    .executeTakeFirstOrThrow()
  for (let n = 0; n < count; n++) {
    const asked = await mayTry(site.db, { purpose: 'password', account: account(n), address: last.address }, now)
    assert.ok('attempt' in asked)
    await tried(site.db, asked.attempt, false, now)
    pass(0.1)
  }
}
const limited = async () => (await site.trail()).filter(({ action }) => action === 'sign-in.limited')
const contacts = () =>
  site.db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('role', '=', 'bcp_contact')
    .select(['person.id', 'person.email'])
    .orderBy('email')
    .execute()

test('S3-4(11) after five wrong passwords the right one must wait, and the page says until when, in both languages', async () => {
  const { email, id } = await site.accountOf('observer')
  await wrong(email, 5)
  const before = (await limited()).length
  const refused = await signIn(email)
  assert.equal(refused.status, 429)
  // The first failure was 50 seconds ago.
  assert.equal(refused.headers.get('retry-after'), '850')
  assert.deepEqual(refused.headers.getSetCookie(), [])
  const page = await refused.text()
  assert.match(page, /試行の回数が多いため/)
  assert.match(page, /あと約15分で/)
  assert.match(page, new RegExp(`value="${email}"`))
  const english = await signIn(email, demoPassword, '203.0.113.5', { cookie: 'language=en' })
  assert.match(await english.text(), /Too many tries[\s\S]*In about 15 minutes/)

  const lines = await limited()
  assert.equal(lines.length, before + 1, 'the trail says it once')
  const until = new Date(now.getTime() + 850_000).toISOString()
  assert.deepEqual(lines.at(-1)?.details, { purpose: 'password', of: 'pair', until, person_id: id })

  pass(849)
  assert.equal((await signIn(email)).status, 429)
  pass(1)
  assert.equal((await signIn(email)).status, 303)
})

test('three wrong passwords within seconds slow down whoever types them', async () => {
  const { email } = await site.accountOf('observer')
  await wrong(email, 3, { apart: 1 })
  const refused = await signIn(email)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '12'])
  assert.match(await refused.text(), /あと約12秒で/)
  pass(12)
  assert.equal((await signIn(email)).status, 303)
})

test('an unknown address is refused like a known one, and empty forms are no tries', async () => {
  for (let n = 0; n < 20; n++) assert.equal((await signIn('nobody@firm.example', '')).status, 401)
  await wrong('nobody@firm.example', 5)
  assert.equal((await signIn('Nobody@Firm.example ', 'x')).status, 429)
})

test('success forgets the failures before it', async () => {
  const { email } = await site.accountOf('observer')
  for (let day = 0; day < 3; day++) {
    await wrong(email, 4)
    assert.equal((await signIn(email)).status, 303)
  }
})

test('S3-4(11) who guesses from elsewhere locks nobody out where they are known, only where they are not', async () => {
  const { email } = await site.accountOf('observer')
  assert.equal((await signIn(email)).status, 303)
  for (let n = 0; n < 15; n++) {
    await wrong(email, 1, { address: `198.51.100.${n}` })
    await strangersFail(1, () => email)
  }
  assert.equal((await signIn(email, demoPassword, '192.0.2.1')).status, 429)
  assert.equal((await signIn(email)).status, 303)
  assert.deepEqual((await limited()).at(-1)?.details.of, 'account')
})

test('a hundred failures close an address, but not for those who have signed in from it', async () => {
  const [known, other, ...rest] = await contacts()
  assert.equal((await signIn(known!.email)).status, 303)
  await wrong('x@firm.example', 1, { apart: 1 })
  await strangersFail(99)
  assert.equal((await signIn(other!.email)).status, 429)
  assert.equal((await limited()).at(-1)?.details.of, 'address')
  assert.equal((await signIn(rest[0]!.email)).status, 429)
  assert.equal((await limited()).filter(({ details }) => details.of === 'address').length, 1, 'once for an address')
  assert.equal((await signIn(known!.email)).status, 303)
  assert.equal((await signIn(other!.email, demoPassword, '203.0.113.6')).status, 303)
  pass(900)
  assert.equal((await signIn(other!.email)).status, 303)
  // A month later nobody is known any more.
  pass(30 * 86_400)
  await wrong('x@firm.example', 1, { apart: 1 })
  await strangersFail(99)
  assert.equal((await signIn(known!.email)).status, 429)
})

test('behind a proxy of ours its clients are told apart; nobody else’s word is taken', async () => {
  const { email } = await site.accountOf('observer')
  const via = (proxy: string, client: string, password = 'not the right one') =>
    signIn(email, password, proxy, { 'x-forwarded-for': client })
  for (let n = 0; n < 5; n++, pass(10)) assert.equal((await via('10.9.9.9', '198.51.100.7')).status, 401)
  assert.equal((await via('10.9.9.9', '198.51.100.7', demoPassword)).status, 429)
  assert.equal((await via('10.9.9.9', '198.51.100.8', demoPassword)).status, 303)
  for (let n = 0; n < 5; n++, pass(10)) assert.equal((await via('203.0.113.9', `192.0.2.${n}`)).status, 401)
  assert.equal((await via('203.0.113.9', '192.0.2.77', demoPassword)).status, 429)
})

test('S3-4(11) many at once, on two processes, get no further than twice the limit, and the right password is still not tried', async () => {
  const other = openProgram(site.database.app, 4)
  try {
    const what = { purpose: 'code', account: 'one@firm.example', address: 'here' } as const
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => mayTry(n % 2 ? other : site.db, what, new Date(now.getTime() + n))),
    )
    const attempts = answers.flatMap((answer) => ('attempt' in answer ? [answer.attempt] : []))
    assert.ok(attempts.length >= 5 && attempts.length <= 10, `${attempts.length} were let through`)
    for (const attempt of attempts) await tried(other, attempt, false, now)
    assert.ok('failed' in (await mayTry(site.db, what, now)))
  } finally {
    await other.destroy()
  }
})

test('each purpose counts by itself', async () => {
  const what = { purpose: 'code', account: 'two@firm.example', address: 'here' } as const
  for (let n = 0; n < 5; n++, pass(10)) {
    const asked = await mayTry(site.db, what, now)
    assert.ok('attempt' in asked)
    await tried(site.db, asked.attempt, false, now)
  }
  assert.ok('failed' in (await mayTry(site.db, what, now)))
  for (const purpose of ['password', 'invitation', 'passkey'] as const)
    assert.ok('attempt' in (await mayTry(site.db, { ...what, purpose }, now)), purpose)
})

test('nothing that was typed and no address is kept, and what no longer counts is forgotten', async () => {
  await wrong('my secret password in the wrong field', 1, { address: '203.0.113.200' })
  const kept = JSON.stringify([
    await site.db.selectFrom('attempt').selectAll().execute(),
    await site.db.selectFrom('known_address').selectAll().execute(),
    await site.db.selectFrom('attempt_refusal').selectAll().execute(),
  ])
  assert.ok(!kept.includes('secret') && !kept.includes('203.0.113'))
  pass(31 * 86_400)
  await wrong('someone@firm.example', 1)
  assert.equal((await site.db.selectFrom('attempt').selectAll().execute()).length, 1)
  assert.deepEqual(await site.db.selectFrom('known_address').selectAll().execute(), [])
})

test('the database lets no reader see or write what was tried', async () => {
  const { id, institution_id } = await site.accountOf('secretariat')
  const person = { id, institution_id, name_ja: '', name_en: null, roles: ['secretariat', 'auditor'] as const }
  const seen = site.tools.dbOf(person, false)
  for (const table of ['attempt', 'known_address', 'attempt_refusal'] as const)
    assert.deepEqual(await seen.selectFrom(table).selectAll().execute(), [])
  await assert.rejects(
    seen.insertInto('known_address').values({ account: 'a', address: 'b', succeeded_at: now }).execute(),
    /row-level security/,
  )
})
