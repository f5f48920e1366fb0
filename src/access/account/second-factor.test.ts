import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/demo-password.ts'
import { appCode } from '#tests/kit/passkey.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
before(async () => {
  site = await testSite({ config: { mode: 'production' } })
})
after(() => site.close())

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((line) => !/Max-Age=0/i.test(line))
    .map((line) => line.split(';')[0]!)
const goOn = (answer: Response) => site.client(cookiesOf(answer).join('; '))
const last = async () => (await site.trail()).at(-1)!
const lastTwo = async () => (await site.trail()).slice(-2).map(({ action }) => action)
const sessionsOf = (person_id: string) =>
  site.db.selectFrom('session').selectAll().where('person_id', '=', person_id).orderBy('created_at').execute()
const appOf = (person_id: string) =>
  site.db.selectFrom('two_factor').selectAll().where('person_id', '=', person_id).executeTakeFirstOrThrow()
const codesIn = (html: string) =>
  [...html.matchAll(/<code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/g)].map(([, code]) => code!)

let taken = 0
async function somebody() {
  const people = await site.db.selectFrom('person').selectAll().orderBy('created_at').execute()
  const person = people[taken++]!
  return { person, client: await site.signIn(person.email) }
}

/** Goes through the pages as a person does. */
async function setUp(client: Client) {
  assert.equal((await client.post('/account/second-factor', { password: demoPassword })).status, 303)
  const page = await (await client.get('/account/second-factor')).text()
  const secret = /<code>([A-Z2-7 ]{30,})<\/code>/.exec(page)?.[1]?.replaceAll(' ', '') ?? ''
  const answer = await client.post('/account/second-factor/confirmation', { code: appCode(secret) })
  assert.equal(answer.status, 200)
  return { page, secret, codes: codesIn(await answer.text()), client: goOn(answer) }
}

/** The first step of a sign-in: the password. The code of the last half minute counts as unused, for the clock cannot be turned on. */
async function withPassword(email: string, person_id: string) {
  await site.db.updateTable('two_factor').set({ last_step: null }).where('person_id', '=', person_id).execute()
  const answer = await site.nobody.post('/sign-in', { email, password: demoPassword, next: '/board' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/sign-in/code?next=%2Fboard'])
  assert.ok(!cookiesOf(answer).some((cookie) => cookie.includes('session_token')))
  return goOn(answer)
}

test('S3-4(11) an authenticator app is set up, and the password then asks for its code', async () => {
  const { person, client } = await somebody()
  assert.equal((await client.get('/home')).headers.get('location'), '/account/set-up')
  const wrong = await client.post('/account/second-factor', { password: 'not the right one' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /現在のパスワードが違います/)
  const { page, secret, codes, client: raised } = await setUp(client)
  assert.match(page, /<svg [^>]*role="img" aria-label="認証アプリで読み取るQRコード/)
  assert.match(secret, /^[A-Z2-7]{40,}$/)
  assert.equal(new Set(codes).size, 10)
  assert.deepEqual(await lastTwo(), ['second-factor.set-up', 'recovery-codes.made'])
  assert.equal((await raised.get('/home')).status, 200)
  assert.equal((await client.get('/account')).status, 303, 'the old token is void')
  const [session, ...more] = await sessionsOf(person.id)
  assert.deepEqual([session?.method, more], ['second_factor', []])

  const waiting = await withPassword(person.email, person.id)
  assert.equal((await waiting.get('/home')).status, 303)
  assert.equal((await waiting.get('/sign-in/code?next=%2Fboard')).status, 200)
  const refused = await waiting.post('/sign-in/code', { code: '000000', next: '/board' })
  assert.equal(refused.status, 401)
  assert.deepEqual((await last()).details, { person_id: person.id, reason: 'second_factor' })
  const answer = await waiting.post('/sign-in/code', { code: `${appCode(secret)} `, next: '/board' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/board'])
  assert.equal((await goOn(answer).get('/home')).status, 200)
  assert.deepEqual([(await last()).action, (await last()).details], ['sign-in.succeeded', { method: 'second_factor' }])
  const opened = (await sessionsOf(person.id)).at(-1)
  assert.equal(opened?.method, 'second_factor')
  assert.ok(opened?.confirmed_at)
})

test('S3-4(11) a code is taken once', async () => {
  const { person, client } = await somebody()
  const { secret } = await setUp(client)
  const code = appCode(secret)
  const one = await withPassword(person.email, person.id)
  assert.equal((await one.post('/sign-in/code', { code })).status, 303)
  const before = (await sessionsOf(person.id)).length
  const two = goOn(await site.nobody.post('/sign-in', { email: person.email, password: demoPassword }))
  const answer = await two.post('/sign-in/code', { code })
  assert.equal(answer.status, 401)
  assert.match(await answer.text(), /一度使ったコード/)
  assert.deepEqual((await last()).details, { person_id: person.id, reason: 'used_code' })
  assert.equal((await sessionsOf(person.id)).length, before)
  assert.equal((await two.get('/home')).status, 303)
})

test('a recovery code opens a session once, however it is written', async () => {
  const { person, client } = await somebody()
  const { codes } = await setUp(client)
  const [first = '', second = ''] = codes
  const waiting = await withPassword(person.email, person.id)
  assert.equal((await waiting.post('/sign-in/code', { recovery_code: 'AAAA-BBBB-CCCC' })).status, 401)
  const written = ` ${first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`
  const answer = await waiting.post('/sign-in/code', { recovery_code: written, next: '/home' })
  assert.equal(answer.status, 303)
  assert.deepEqual(await lastTwo(), ['sign-in.succeeded', 'recovery-codes.used'])
  assert.deepEqual((await last()).details, { left: 9 })
  assert.equal((await sessionsOf(person.id)).at(-1)?.method, 'recovery_code')
  const mails = await site.db.selectFrom('letter').select('subject').where('address', '=', person.email).execute()
  assert.ok(mails.some(({ subject }) => subject.includes('リカバリーコードが使われました')))
  assert.match(await (await goOn(answer).get('/account')).text(), /残り9個/)

  const again = await withPassword(person.email, person.id)
  assert.equal((await again.post('/sign-in/code', { recovery_code: first })).status, 401)
  const renewed = codesIn(await (await goOn(answer).post('/account/recovery-codes')).text())
  assert.equal(renewed.length, 10)
  assert.equal((await last()).action, 'recovery-codes.made')
  assert.equal((await again.post('/sign-in/code', { recovery_code: second })).status, 401, 'those from before are void')
  assert.equal((await again.post('/sign-in/code', { recovery_code: renewed[0]! })).status, 303)
})

test('five wrong codes end the attempt, from wherever they come', async () => {
  const { person, client } = await somebody()
  const { secret } = await setUp(client)
  const { cookie } = await withPassword(person.email, person.id)
  for (let tries = 1; tries <= 5; tries++) {
    const answer = await site.client(cookie, `192.0.2.${tries}`).post('/sign-in/code', { code: '000000' })
    assert.match(await answer.text(), /コードが違います/)
  }
  const over = await site.client(cookie, '192.0.2.6').post('/sign-in/code', { code: appCode(secret) })
  assert.equal(over.status, 401)
  assert.match(await over.text(), /最初からやり直してください/)
  assert.deepEqual(site.reported, [])
})

test('wrong codes are counted like wrong passwords', async () => {
  const { person, client } = await somebody()
  await setUp(client)
  for (const form of [{ code: '000000' }, { recovery_code: 'AAAA-BBBB-CCCC' }] as Record<string, string>[]) {
    const waiting = await withPassword(person.email, person.id)
    for (let tries = 1; tries <= 3; tries++) assert.equal((await waiting.post('/sign-in/code', form)).status, 401)
    const limited = await waiting.post('/sign-in/code', form)
    assert.equal(limited.status, 429)
    assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/)
    assert.match(await limited.text(), /しばらくサインインできません/)
    assert.equal((await last()).action, 'sign-in.limited')
  }
})

test('the code page is nothing without a password given before', async () => {
  assert.equal((await site.nobody.get('/sign-in/code')).headers.get('location'), '/sign-in')
  for (const form of [{ code: '123456' }, { recovery_code: 'AAAA-BBBB-CCCC' }, {}])
    for (const cookie of [undefined, 'noroshi.two_factor=2fa-x.y', 'noroshi.two_factor=%E0%A4%A']) {
      const answer = await site.client(cookie).post('/sign-in/code', form as Record<string, string>)
      assert.equal(answer.status, 401)
      assert.match(await answer.text(), /最初からやり直してください/)
    }
  assert.deepEqual(site.reported, [])
})

test('the session of somebody else does not stand in for the second step', async () => {
  const { client: other } = await somebody()
  const { client: raised, secret } = await setUp(other)
  const answer = await raised.post('/sign-in/code', { code: appCode(secret) })
  assert.equal(answer.status, 401)
  assert.deepEqual(cookiesOf(answer), [])
})

test('the app is removed by who knows the password, and never as the last proof', async () => {
  const { person, client } = await somebody()
  const { client: mine } = await setUp(client)
  const refused = await mine.post('/account/second-factor/removal', { password: demoPassword })
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /先にパスキーを登録してください/)

  await site.db
    .insertInto('passkey')
    .values({
      person_id: person.id,
      name: '鍵',
      credential_id: 'x',
      public_key: 'x',
      counter: 0,
      device_type: 'multiDevice',
      backed_up: true,
      transports: null,
      aaguid: null,
      last_used_at: null,
    })
    .execute()
  assert.equal((await mine.post('/account/second-factor/removal', { password: 'wrong' })).status, 422)
  const answer = await mine.post('/account/second-factor/removal', { password: demoPassword })
  assert.equal(answer.headers.get('location'), '/account?done=app_removed')
  assert.equal((await last()).action, 'second-factor.removed')
  assert.equal((await goOn(answer).get('/home')).status, 200)
  assert.equal((await sessionsOf(person.id))[0]?.method, 'second_factor')
  await assert.rejects(appOf(person.id))
  assert.equal((await goOn(answer).post('/account/second-factor/removal', {})).status, 303, 'twice is no error')
})

test('a secret that was drawn and never confirmed asks nobody for a code', async () => {
  const { person, client } = await somebody()
  await client.post('/account/second-factor', { password: demoPassword })
  const wrong = await client.post('/account/second-factor/confirmation', { code: '000000' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /コードが違います/)
  const answer = await site.nobody.post('/sign-in', { email: person.email, password: demoPassword })
  assert.equal(answer.headers.get('location'), '/home')
  assert.deepEqual(
    (await sessionsOf(person.id)).map(({ method }) => method),
    ['password', 'password'],
  )
})

test('who has left is not asked for a code', async () => {
  const { person, client } = await somebody()
  await setUp(client)
  await site.db.updateTable('person').set({ left_at: new Date() }).where('id', '=', person.id).execute()
  const answer = await site.nobody.post('/sign-in', { email: person.email, password: demoPassword })
  assert.equal(answer.status, 401)
  assert.deepEqual(cookiesOf(answer), [])
})

test('S3-4(11) secrets are kept so that the database alone gives none away', async () => {
  const { person, client } = await somebody()
  const { secret, codes } = await setUp(client)
  const row = JSON.stringify(await appOf(person.id))
  for (const word of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
    assert.ok(!row.includes(word))
    assert.ok(!JSON.stringify(await site.trail()).includes(word))
  }
  const mails = await site.db
    .selectFrom('letter')
    .select(['subject', 'body'])
    .where('address', '=', person.email)
    .execute()
  assert.deepEqual(
    mails.map(({ subject }) => subject.split(' / ')[0]),
    ['【狼煙】認証アプリが登録されました'],
  )
})

test('the invented people of a demo come in with the password, and may set up more', async () => {
  const demo = await testSite()
  try {
    const contact = await demo.as('bcp_contact')
    assert.equal((await contact.get('/home')).status, 200)
    assert.equal((await contact.get('/account')).status, 200)
    assert.equal((await contact.get('/account/set-up')).headers.get('location'), '/account')
  } finally {
    await demo.close()
  }
})

test('an app that cannot be read any more, since the secret was changed, is said so; a recovery code comes in', async () => {
  const { person, client } = await somebody()
  const { secret, codes } = await setUp(client)
  const { secret: sealed } = await appOf(person.id)
  await site.db
    .updateTable('two_factor')
    .set({ secret: `${sealed.slice(0, -8)}00000000` })
    .where('person_id', '=', person.id)
    .execute()
  const waiting = await withPassword(person.email, person.id)
  const refused = await waiting.post('/sign-in/code', { code: appCode(secret), next: '/board' })
  assert.equal(refused.status, 401)
  assert.match(
    await refused.text(),
    /認証アプリの登録が読み取れなくなっています[\s\S]*リカバリーコードでサインインする/,
  )
  const answer = await waiting.post('/sign-in/code', { recovery_code: codes[0] ?? '', next: '/board' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/board'])
})
