import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/demo-password.ts'
import { softAuthenticator } from '#tests/kit/passkey.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
const origin = 'http://localhost'

let site: TestSite
before(async () => {
  // As in production: nobody comes in with a password alone.
  site = await testSite({ config: { mode: 'production' } })
})
after(() => site.close())

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((line) => !/Max-Age=0/i.test(line))
    .map((line) => line.split(';')[0])
const withCookies = (client: Client, answer: Response) => {
  const kept = new Map(
    [...(client.cookie?.split('; ') ?? []), ...cookiesOf(answer)].map((each) => [each!.split('=')[0], each]),
  )
  return site.client([...kept.values()].join('; '))
}
const challenge = async (client: Client, at: string) => {
  const answer = await client.send('POST', at, undefined, sameOrigin)
  assert.equal(answer.status, 200)
  return { options: await answer.json(), client: withCookies(client, answer) }
}
const last = async () => (await site.trail()).at(-1)!
const sessionsOf = (person_id: string) =>
  site.db.selectFrom('session').selectAll().where('person_id', '=', person_id).execute()

/** A person of their own for each test, so that none sees another's passkeys. */
let taken = 0
async function somebody() {
  const people = await site.db.selectFrom('person').selectAll().orderBy('created_at').execute()
  const person = people[taken++]!
  return { person, client: await site.signIn(person.email) }
}
async function register(client: Client, name = '', device = softAuthenticator(origin), ways = {}) {
  const asked = await challenge(client, '/account/passkeys/options')
  const answer = await asked.client.post('/account/passkeys', { name, response: device.create(asked.options, ways) })
  return { answer, device, client: withCookies(asked.client, answer), options: asked.options }
}
async function signIn(device: ReturnType<typeof softAuthenticator>, ways = {}) {
  const asked = await challenge(site.nobody, '/sign-in/passkey/options')
  const response = device.get(asked.options, ways)
  const answer = await asked.client.post('/sign-in/passkey', { response, next: '/board' })
  return { answer, asked, response, client: withCookies(asked.client, answer) }
}

test('S3-4(11) a password alone opens only the way to set up more, and a passkey opens the rest', async () => {
  const { person, client } = await somebody()
  for (const path of ['/home', '/board', '/live?topic=/home', '/no-such-page']) {
    const answer = await client.get(path)
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account/set-up'], path)
  }
  assert.equal((await client.post('/report', {})).headers.get('location'), '/account/set-up')
  assert.equal((await client.post('/language', { language: 'en', back: '/account' })).status, 303)
  const page = await (await client.get('/account/set-up')).text()
  assert.match(page, /パスキーを登録する/)
  assert.match(page, /認証アプリを登録する/)

  const { answer, client: raised, options } = await register(client, '業務用スマートフォン')
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/home'])
  assert.equal(options.authenticatorSelection.userVerification, 'required')
  assert.equal(options.authenticatorSelection.residentKey, 'required')
  assert.equal(options.rp.id, 'localhost')
  assert.equal((await raised.get('/home')).status, 200)
  assert.equal(
    (await client.get('/home')).headers.get('location'),
    '/sign-in?next=%2Fhome&ended=gone',
    'the old token is void',
  )
  const [session, ...more] = await sessionsOf(person.id)
  assert.deepEqual([session?.method, more], ['passkey', []])
  const { action, person_id, details } = await last()
  assert.deepEqual(
    [action, person_id, (details as { name?: string }).name],
    ['passkey.added', person.id, '業務用スマートフォン'],
  )
  const letters = await site.db.selectFrom('letter').selectAll().where('address', '=', person.email).execute()
  assert.deepEqual(
    letters.map(({ label, purpose }) => [label, purpose]),
    [['red', 'sign-in-changed']],
  )
  assert.match(letters[0]!.subject, /パスキーが登録されました .* a passkey was added/)
  assert.doesNotMatch(letters[0]!.body, /http|password\b.*link/)
})

test('a passkey signs in without any name, once for each challenge', async () => {
  const { person, client } = await somebody()
  const { device } = await register(client, '鍵')
  const { answer, asked, response, client: signed } = await signIn(device)
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/board'])
  assert.equal(asked.options.userVerification, 'required')
  assert.equal(asked.options.allowCredentials, undefined)
  assert.equal((await signed.get('/home')).status, 200)
  const session = (await sessionsOf(person.id)).find(({ token }) => signed.cookie?.includes(token))
  assert.equal(session?.method, 'passkey')
  assert.ok(session?.confirmed_at)
  const { action, person_id, details } = await last()
  assert.deepEqual(
    [action, person_id, (details as { method?: string }).method],
    ['sign-in.succeeded', person.id, 'passkey'],
  )
  const [passkey] = await site.db.selectFrom('passkey').selectAll().where('person_id', '=', person.id).execute()
  assert.ok(passkey?.last_used_at)

  const again = await asked.client.post('/sign-in/passkey', { response })
  assert.equal(again.status, 401)
  assert.match(await again.text(), /パスキーを確認できませんでした/)
  const { action: refused, details: why } = await last()
  assert.deepEqual([refused, why], ['sign-in.refused', { person_id: person.id, reason: 'passkey' }])
})

for (const [what, ways] of Object.entries({
  'without making sure who holds it': { verified: false },
  'for another site': { rp_id: 'evil.example' },
  'on a page of another origin': { origin: 'http://localhost:8080' },
  'on a page of a name below ours': { origin: 'http://evil.localhost' },
})) {
  test(`a passkey made ${what} is not kept`, async () => {
    const { person, client } = await somebody()
    const { answer } = await register(client, '', undefined, ways)
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /パスキーを登録できませんでした/)
    const kept = await site.db.selectFrom('passkey').select('id').where('person_id', '=', person.id).execute()
    assert.deepEqual(kept, [])
    assert.deepEqual(
      (await sessionsOf(person.id)).map(({ method }) => method),
      ['password'],
    )
  })
  test(`a passkey used ${what} signs nobody in`, async () => {
    const { person, client } = await somebody()
    const { device } = await register(client)
    const before = await sessionsOf(person.id)
    const { answer } = await signIn(device, ways)
    assert.equal(answer.status, 401)
    assert.deepEqual(
      cookiesOf(answer).filter((cookie) => cookie?.includes('session_token')),
      [],
    )
    assert.deepEqual(await sessionsOf(person.id), before)
    assert.equal((await last()).action, 'sign-in.refused')
    assert.deepEqual(site.reported, [])
  })
}

test('a copied authenticator is noticed by its counter', async () => {
  const { client } = await somebody()
  const { device } = await register(client)
  assert.equal((await signIn(device, { counter: 4_000_000_000 })).answer.status, 303)
  assert.equal((await signIn(device, { counter: 3_999_999_999 })).answer.status, 401)
})

test('challenges that nobody answered do not pile up', async () => {
  await challenge(site.nobody, '/sign-in/passkey/options')
  await site.db
    .updateTable('verification')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .execute()
  await challenge(site.nobody, '/sign-in/passkey/options')
  assert.equal((await site.db.selectFrom('verification').select('id').execute()).length, 1)
})

test('an unknown passkey, an answer that is none, and none at all are answered alike', async () => {
  const pages = new Set<string>()
  const unknown = await signIn(softAuthenticator(origin))
  for (const answer of [
    unknown.answer,
    await unknown.asked.client.post('/sign-in/passkey', { response: '{"id":1}', next: '/board' }),
    await site.nobody.post('/sign-in/passkey', { next: '/board' }),
    await site.nobody.post('/sign-in/passkey', { response: unknown.response, next: '/board' }),
  ]) {
    assert.equal(answer.status, 401)
    pages.add((await answer.text()).replace(/data-now="[^"]*"/, ''))
    assert.deepEqual((await last()).details, { reason: 'passkey' })
  }
  assert.equal(pages.size, 1)
  assert.deepEqual(site.reported, [])
})

test('who has a passkey does not come in with the password alone', async () => {
  const { person, client } = await somebody()
  await register(client)
  const answer = await site.nobody.post('/sign-in', { email: person.email, password: demoPassword })
  assert.equal(answer.status, 401)
  assert.match(await answer.text(), /パスワードだけではサインインできません/)
  assert.deepEqual(cookiesOf(answer), [])
  assert.deepEqual((await last()).details, { person_id: person.id, reason: 'passkey_needed' })
  assert.deepEqual(
    (await sessionsOf(person.id)).map(({ method }) => method),
    ['passkey'],
  )
})

test('a session opened with the password ends when its person sets up a passkey elsewhere', async () => {
  const { person, client } = await somebody()
  const other = await site.signIn(person.email)
  assert.equal((await other.get('/account')).status, 200)
  await register(client)
  assert.equal((await other.get('/account')).status, 303)
  assert.equal((await other.get('/account')).headers.get('location'), '/sign-in?next=%2Faccount&ended=gone')
})

test('passkeys are renamed and removed by their person alone, and never the last', async () => {
  const { person, client } = await somebody()
  const first = await register(client, '一つ目')
  const mine = first.client
  const [row] = await site.db.selectFrom('passkey').selectAll().where('person_id', '=', person.id).execute()
  const at = `/account/passkeys/${row!.id}`
  assert.equal((await mine.post(at, { name: ' ' })).status, 422)
  assert.equal((await mine.post(at, { name: '会社の電話' })).headers.get('location'), '/account?done=renamed')
  const { action, details } = await last()
  assert.deepEqual(
    [action, details],
    ['passkey.renamed', { passkey_id: row!.id, name: '会社の電話', before: '一つ目' }],
  )
  assert.match(await (await mine.get('/account')).text(), /会社の電話/)

  const { client: stranger } = await register((await somebody()).client)
  for (const answer of [
    await stranger.get(at),
    await stranger.post(at, { name: '盗' }),
    await stranger.post(`${at}/removal`),
  ])
    assert.equal(answer.status, 404)

  const refused = await mine.post(`${at}/removal`)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /最後のサインイン方法です/)

  const second = await register(mine, '二つ目')
  assert.equal(second.answer.headers.get('location'), '/account?done=passkey')
  const elsewhere = (await signIn(first.device)).client
  assert.equal((await elsewhere.get('/home')).status, 200)
  assert.equal((await second.client.post(`${at}/removal`)).headers.get('location'), '/account?done=removed')
  assert.equal((await last()).action, 'passkey.removed')
  assert.equal((await elsewhere.get('/home')).status, 303, 'other sessions have ended')
  assert.equal((await second.client.get('/home')).status, 200)
  assert.equal((await signIn(first.device)).answer.status, 401)
  assert.equal((await signIn(second.device)).answer.status, 303)
})

test('who has left signs in with no passkey', async () => {
  const { person, client } = await somebody()
  const { device } = await register(client)
  await site.db.updateTable('person').set({ left_at: new Date() }).where('id', '=', person.id).execute()
  const before = (await sessionsOf(person.id)).length
  assert.equal((await signIn(device)).answer.status, 401)
  assert.equal((await sessionsOf(person.id)).length, before)
})

test('signing in ends the session that the browser had', async () => {
  const { person, client } = await somebody()
  const { device, client: mine } = await register(client)
  const asked = await challenge(mine, '/sign-in/passkey/options')
  const answer = await asked.client.post('/sign-in/passkey', { response: device.get(asked.options) })
  assert.equal(answer.status, 303)
  assert.equal((await mine.get('/home')).status, 303)
  assert.equal((await sessionsOf(person.id)).length, 1)
})

test('no secret of a sign-in is in the trail', async () => {
  const told = JSON.stringify(await site.trail())
  for (const { credential_id, public_key } of await site.db.selectFrom('passkey').selectAll().execute())
    for (const secret of [credential_id, public_key]) assert.ok(!told.includes(secret))
  for (const { token } of await site.db.selectFrom('session').select('token').execute())
    assert.ok(!told.includes(token))
})

test('behind https the same works under the names of secure cookies, for that address alone', async () => {
  const secure = 'https://bcp.example'
  const other = await testSite({ origin: secure, config: { public_origin: secure, mode: 'production' } })
  const usual = site
  site = other
  try {
    const { email } = await other.accountOf('auditor')
    const device = softAuthenticator(secure)
    const { answer } = await register(await other.signIn(email), '', device)
    assert.equal(answer.headers.get('location'), '/home')
    assert.ok(answer.headers.getSetCookie().some((line) => /^__Secure-noroshi\.session_token=.*; Secure/i.test(line)))
    assert.equal((await signIn(device)).answer.status, 303)
    assert.equal((await signIn(device, { origin: 'https://www.bcp.example' })).answer.status, 401)
    assert.equal((await signIn(device, { origin: 'http://bcp.example' })).answer.status, 401)
  } finally {
    site = usual
    await other.close()
  }
})
