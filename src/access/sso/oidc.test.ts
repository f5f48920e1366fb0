import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { demoPassword } from '#access/sign-in/index.ts'
import { type Oidc, type OidcAccount, oidcClient, startOidc } from '#tests/kit/oidc.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openBrowser } from '#tests/kit/sso-browser.ts'

let site: TestSite
let idp: Oidc
let firm: { id: string; institution_id: string; provider: string }
let other: { id: string; institution_id: string; email: string }
const domain = 'firm-a.example'
const mail = `worker@${domain}`

before(async () => {
  site = await testSite()
  idp = await startOidc()
  const { db } = site
  const institutions = await db
    .selectFrom('institution')
    .where('kind', '=', 'securities_firm')
    .select('id')
    .orderBy('code')
    .limit(2)
    .execute()
  const [one, two] = institutions.map(({ id }) => id)
  const add = (email: string, institution_id: string) =>
    db
      .insertInto('person')
      .values({ name_ja: '架空 勤', email, institution_id })
      .returning(['id', 'email', 'institution_id'])
      .executeTakeFirstOrThrow()
  other = await add(`elsewhere@${domain}`, two!)
  const worker = await add(mail, one!)
  await db.insertInto('role_grant').values({ person_id: worker.id, role: 'bcp_contact' }).execute()
  const provider = await addProvider(one!, domain)
  firm = { ...worker, provider }
})
after(async () => {
  await idp.close()
  await site.close()
})
beforeEach(async () => {
  Object.assign(idp.state, { broken: null, forge: null, account: known })
  await site.db
    .updateTable('person')
    .set({ left_at: null, institution_id: firm.institution_id })
    .where('id', '=', firm.id)
    .execute()
  await site.db.deleteFrom('sso_subject').execute()
  await site.db
    .updateTable('role_grant')
    .set({ removed_at: new Date(), removal_reason: '' })
    .where('person_id', '=', firm.id)
    .where('role', '=', 'secretariat')
    .execute()
})

const known: OidcAccount = { sub: 'subject-1', email: mail, email_verified: true }

async function addProvider(institution_id: string, at: string) {
  const desk = await site.as('secretariat')
  const form = { kind: 'oidc', institution_id, domain: at, issuer: idp.issuer, ...oidcClient }
  const added = await desk.post('/sso', form)
  assert.equal(added.status, 303, (await added.text()).replace(/<[^>]*>/g, ' '))
  const id = added.headers.get('location')!.split('/').at(-1)!
  const page = await (await desk.get(`/sso/${id}`)).text()
  const uri = /http:\/\/localhost\/sign-in\/sso\/callback\/[0-9a-f-]{36}/.exec(page)?.[0]
  idp.register(uri!)
  assert.equal((await desk.post(`/sso/${id}/activation`, { is_active: 'yes' })).status, 303)
  return id
}
const signIn = (browser = openBrowser(site), next = '/home') => browser.post('/sign-in/sso', { mail, next })
const lastLine = async () => (await site.trail()).at(-1)!
const sessions = () => site.db.selectFrom('session').where('person_id', '=', firm.id).selectAll().execute()

/** Nobody came in, the page helps, and the trail has the reason. */
async function refused({ answer }: { answer: Response }, reason: string, person_id?: string) {
  const html = await answer.text()
  assert.equal(answer.status, 403, html.replace(/<[^>]*>/g, ' '))
  assert.match(html, /パスキーまたはパスワードでサインインする/)
  const { action, details } = await lastLine()
  assert.equal(action, 'sign-in.refused')
  assert.deepEqual(details, { method: 'sso', provider: firm.provider, reason, ...(person_id && { person_id }) })
}

test('S0-30 S3-4(11) a person signs in with the account of their workplace, and the trail says how', async () => {
  const browser = openBrowser(site)
  const { answer, url } = await signIn(browser, '/situations')
  assert.deepEqual([answer.status, url.pathname], [200, '/situations'])
  const [session] = (await sessions()).slice(-1)
  assert.equal(session?.method, 'sso')
  assert.ok(session.started_at && session.seen_at && session.confirmed_at)
  const { action, person_id, details } = await lastLine()
  assert.deepEqual([action, person_id], ['sign-in.succeeded', firm.id])
  assert.deepEqual(details, { method: 'sso', provider: firm.provider, first: true })
  // The sign-in library has linked no account, and kept no token of the provider.
  assert.deepEqual(await site.db.selectFrom('credential').where('person_id', '=', firm.id).selectAll().execute(), [])

  await openBrowser(site).post('/sign-in/sso', { mail, next: '' })
  assert.deepEqual((await lastLine()).details, { method: 'sso', provider: firm.provider })
  const tokens = (await sessions()).map(({ token }) => token)
  assert.equal(new Set(tokens).size, tokens.length)
  assert.deepEqual(site.reported, [])
})

test('the session that another provider account opened is a session like any other', async () => {
  const browser = openBrowser(site)
  await signIn(browser)
  assert.equal((await browser.get('/home')).answer.status, 200)
  const cookie = [...browser.jar('localhost')].find(([name]) => name === 'noroshi.session_token')
  assert.ok(cookie)
  assert.equal((await site.client(`noroshi.session_token=${cookie[1]}`).post('/sign-out')).status, 303)
  assert.equal((await browser.get('/home')).url.pathname, '/sign-in')
})

test('S0-30 once bound the subject counts: the same subject with a new address is the same person', async () => {
  await signIn()
  idp.state.account = { ...known, email: `renamed@${domain}`, email_verified: false }
  assert.equal((await signIn()).url.pathname, '/home')
  assert.equal((await lastLine()).person_id, firm.id)
})

test('S0-30 the same address under another subject is refused and recorded', async () => {
  await signIn()
  const before = (await sessions()).length
  idp.state.account = { ...known, sub: 'subject-2' }
  await refused(await signIn(), 'other_subject', firm.id)
  assert.equal((await sessions()).length, before)
  assert.equal((await site.db.selectFrom('sso_subject').selectAll().execute()).length, 1)
})

test('S0-30 the same subject with the address of a colleague is refused', async () => {
  await signIn()
  const { email } = await site.accountOf('observer')
  idp.state.account = { ...known, email }
  await refused(await signIn(), 'mail_of_another', firm.id)
})

for (const [what, account, reason] of [
  ['somebody without an account', { email: `nobody@${domain}` }, 'unknown_person'],
  ['an address that was not verified', { email_verified: false }, 'mail_unverified'],
  ['an address of another domain', { email: 'worker@firm-b.example' }, 'mail_domain'],
  ['an address of a part of the domain', { email: `worker@sub.${domain}` }, 'mail_domain'],
  ['an address that only looks alike', { email: `wor\u212Aer@${domain}` }, 'mail_malformed'],
  ['a domain that only looks alike', { email: `worker@firm-\u0430.example` }, 'mail_malformed'],
  ['two addresses in one', { email: `x@evil.example,${mail}` }, 'mail_malformed'],
] as const)
  test(`S0-30 ${what} is not let in, and nobody is created`, async () => {
    const people = await count()
    const before = (await sessions()).length
    idp.state.account = { ...known, ...account }
    await refused(await signIn(), reason)
    assert.deepEqual([await count(), (await sessions()).length], [people, before])
    assert.ok(!JSON.stringify((await lastLine()).details).includes('@'))
  })

const count = async () => (await site.db.selectFrom('person').select('id').execute()).length

test('S0-30 a provider never lets in a person of another institution, even with their address', async () => {
  idp.state.account = { ...known, sub: 'subject-3', email: other.email }
  await refused(await signIn(), 'other_institution', other.id)
})

test('S0-30 who moved to another institution, or left, is not let in although they are bound', async () => {
  await signIn()
  await site.db.updateTable('person').set({ institution_id: other.institution_id }).where('id', '=', firm.id).execute()
  await refused(await signIn(), 'other_institution', firm.id)
  const left = { left_at: new Date(), institution_id: firm.institution_id }
  await site.db.updateTable('person').set(left).where('id', '=', firm.id).execute()
  await refused(await signIn(), 'left', firm.id)
})

test('S0-30 the desk is reached through the provider of the association only', async () => {
  await site.db.insertInto('role_grant').values({ person_id: firm.id, role: 'secretariat' }).execute()
  await refused(await signIn(), 'desk_elsewhere', firm.id)

  const desk = await site.accountOf('secretariat')
  const provider = await addProvider(desk.institution_id, desk.email.split('@')[1]!)
  const agreed = await (await site.as('secretariat_approver')).post(`/sso/${provider}/agreement`)
  assert.equal(agreed.status, 303)
  idp.state.account = { sub: 'desk', email: desk.email, email_verified: true }
  const { url } = await openBrowser(site).post('/sign-in/sso', { mail: desk.email, next: '/trail' })
  assert.equal(url.pathname, '/trail')
  assert.equal((await lastLine()).person_id, desk.id)
  assert.equal(
    (await site.db.selectFrom('sso_subject').select('provider_id').executeTakeFirstOrThrow()).provider_id,
    provider,
  )
  idp.register(`http://localhost/sign-in/sso/callback/${firm.provider}`)
})

const callback = `/sign-in/sso/callback/`
const atCallback = (url: URL) => url.pathname.startsWith(callback)
/** Everything up to our door: the provider's answer is in the address, and not yet brought to us. */
const toTheDoor = async (browser = openBrowser(site)) => ({
  browser,
  url: (await browser.post('/sign-in/sso', { mail, next: '' }, atCallback)).url,
})

test('S0-30 an answer counts once, and only in the browser that asked', async () => {
  const { browser, url } = await toTheDoor()
  await refused(await openBrowser(site).get(url.href), 'state')
  assert.equal((await browser.get(url.href)).url.pathname, '/home')
  await site.nobody.get('/home')
  await refused(await browser.get(url.href), 'state')
})

test('S0-30 an answer without its state, or with another, is refused', async () => {
  for (const state of [null, '', 'x', '0'.repeat(32)]) {
    const { browser, url } = await toTheDoor()
    url.searchParams.delete('state')
    if (state !== null) url.searchParams.set('state', state)
    await refused(await browser.get(url.href), 'state')
  }
})

test('S0-30 an answer from another issuer, to another question, or for another provider is refused', async () => {
  const mixed = await toTheDoor()
  mixed.url.searchParams.set('iss', 'https://evil.example')
  await refused(await mixed.browser.get(mixed.url.href), 'issuer')

  const own = openBrowser(site)
  const begun = await own.post('/sign-in/sso', { mail, next: '' }, (url) => url.pathname === '/auth')
  const question = begun.url
  for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(question.searchParams.get(name), name)
  assert.equal(question.searchParams.get('code_challenge_method'), 'S256')
  question.searchParams.set('nonce', 'of-somebody-else')
  await refused(await own.get(question.href), 'nonce')

  const { browser, url } = await toTheDoor()
  const rival = await site.db
    .selectFrom('sso_provider')
    .where('id', '!=', firm.provider)
    .select('id')
    .executeTakeFirstOrThrow()
  await browser.get(url.href.replace(firm.provider, rival.id))
  assert.equal((await lastLine()).details.reason, 'state')
})

test('S0-30 too late is refused', async () => {
  const { browser, url } = await toTheDoor()
  await site.db
    .updateTable('sso_request')
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute()
  await refused(await browser.get(url.href), 'state')
})

test('S0-30 who cancels at the provider is told what else helps', async () => {
  const { browser, url } = await toTheDoor()
  url.searchParams.delete('code')
  url.searchParams.set('error', 'access_denied')
  url.searchParams.set('error_description', `${mail} said no`)
  await refused(await browser.get(url.href), 'provider_refused')
})

const hour = 3600
for (const [what, forge] of Object.entries<NonNullable<Oidc['state']['forge']>>({
  'for another client': (_, claims) => (claims.aud = 'another'),
  'of another issuer': (_, claims) => (claims.iss = 'https://evil.example'),
  'that has expired': (_, claims) => (claims.exp = Math.floor(Date.now() / 1000) - hour),
  'without a signature': (header) => (header.alg = 'none'),
  'under a symmetric signature': (header) => (header.alg = 'HS256'),
  'of somebody else than the provider then says': (_, claims) => (claims.sub = 'somebody-else'),
}))
  test(`S0-30 an ID token ${what} is refused`, async () => {
    idp.state.forge = forge
    const { answer } = await signIn()
    assert.equal(answer.status, 403)
    assert.match(String((await lastLine()).details.reason), /^(token_not_verified|id_token_userinfo_subject_mismatch)$/)
    assert.deepEqual(site.reported, [])
  })

test('S0-30 an ID token that another key signed is refused', async () => {
  const { key } = idp.state
  Object.assign(idp.state, { forge: () => {}, key: idp.otherKey() })
  await refused(await signIn(), 'token_not_verified')
  idp.state.key = key
  assert.equal((await signIn()).url.pathname, '/home')
})

test('S0-30 a provider that was stopped lets nobody in, even those under way', async () => {
  const desk = await site.as('secretariat')
  const { browser, url } = await toTheDoor()
  await desk.post(`/sso/${firm.provider}/activation`, { is_active: 'no' })
  await refused(await browser.get(url.href), 'inactive')
  assert.equal((await signIn()).answer.status, 422)
  await desk.post(`/sso/${firm.provider}/activation`, { is_active: 'yes' })
})

test('S0-30 while the provider is broken, the page says so and passwords go on working', async () => {
  const { browser, url } = await toTheDoor()
  idp.state.broken = 503
  for (const { answer } of [await signIn(), await browser.get(url.href)]) {
    assert.equal(answer.status, 503)
    assert.match(await answer.text(), /勤務先のサインイン画面につながりません/)
    assert.deepEqual((await lastLine()).details, { method: 'sso', provider: firm.provider, reason: 'provider_down' })
  }
  const { email } = await site.accountOf('observer')
  assert.equal((await site.nobody.post('/sign-in', { email, password: demoPassword })).status, 303)
  assert.deepEqual(site.reported, [])
})

test('S0-30 a provider that never answers counts as down', { timeout: 60_000 }, async () => {
  const { browser, url } = await toTheDoor()
  idp.state.broken = 'silent'
  assert.equal((await browser.get(url.href)).answer.status, 503)
  assert.equal((await lastLine()).details.reason, 'provider_down')
})

test('an unknown domain is told in the form, with the address kept and nothing in the trail', async () => {
  const lines = (await site.trail()).length
  for (const typed of ['me@nowhere.example', `me@sub.${domain}`, '<b>', '', `x@${'a'.repeat(300)}`, 'a\0b@c']) {
    const answer = await site.nobody.post('/sign-in/sso', { mail: typed })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /<a href="#mail">/)
  }
  assert.equal((await site.trail()).length, lines)
})

test('no address, secret or code is in the trail or among the errors', async () => {
  const told = JSON.stringify([await site.trail(), site.reported.map(String)])
  for (const word of [mail, oidcClient.client_secret, 'subject-1']) assert.ok(!told.includes(word), word)
})
