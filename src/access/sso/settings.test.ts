import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/index.ts'
import { type Oidc, oidcClient, startOidc } from '#tests/kit/oidc.ts'
import { openSaml } from '#tests/kit/saml.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openBrowser } from '#tests/kit/sso-browser.ts'
import { changeSettings } from '#tests/kit/sso-settings.ts'

let site: TestSite
let desk: TestSite['nobody']
let idp: Oidc
let institutions: string[]
const servers: Server[] = []

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  idp = await startOidc()
  const rows = await site.db
    .selectFrom('institution')
    .where('kind', '=', 'securities_firm')
    .select('id')
    .limit(2)
    .execute()
  institutions = rows.map(({ id }) => id)
})
after(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  await idp.close()
  await site.close()
})

let count = 0
const oidc = (change: Record<string, string> = {}) => ({
  kind: 'oidc',
  institution_id: institutions[0]!,
  domain: `firm-${++count}.example`,
  issuer: idp.issuer,
  ...oidcClient,
  ...change,
})
const saml = openSaml('https://idp.firm.example/metadata', 'https://idp.firm.example/sso')
const typedSaml = (change: Record<string, string> = {}) => ({
  kind: 'saml',
  institution_id: institutions[0]!,
  domain: `firm-${++count}.example`,
  issuer: saml.entity_id,
  entry_point: 'https://idp.firm.example/sso',
  certificate: saml.certificate,
  ...change,
})
const rows = () => site.db.selectFrom('sso_provider').selectAll().orderBy('created_at').execute()
const lastLine = async () => (await site.trail()).at(-1)!
const add = async (form: Record<string, string>) => {
  const answer = await desk.post('/sso', form)
  assert.equal(answer.status, 303, (await answer.text()).replace(/<[^>]*>/g, ' '))
  return answer.headers.get('location')!.split('/').at(-1)!
}
/** Something that listens on loopback and is no provider. */
async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a provider is added, is not in use yet, and its page tells what the other side needs', async () => {
  const form = oidc()
  const id = await add(form)
  const page = await (await desk.get(`/sso/${id}`)).text()
  assert.match(page, new RegExp(`http://localhost/sign-in/sso/callback/${id}`))
  assert.match(page, /相手側は設定どおりに応答しています/)
  assert.match(await (await desk.get('/sso')).text(), new RegExp(`<a href="/sso/${id}">${form.domain}</a>`))
  const { action, about, details } = await lastLine()
  assert.deepEqual([action, about], ['sso.added', `/sso/${id}`])
  assert.deepEqual(details, {
    institution_id: form.institution_id,
    kind: 'oidc',
    domain: form.domain,
    issuer: idp.issuer,
  })
  assert.equal((await site.nobody.post('/sign-in/sso', { mail: `x@${form.domain}` })).status, 422)

  await desk.post(`/sso/${id}/activation`, { is_active: 'yes' })
  await desk.post(`/sso/${id}/activation`, { is_active: 'yes' })
  assert.equal((await site.trail()).filter((line) => line.action === 'sso.activated').length, 1)
  assert.match(await (await site.nobody.get('/sign-in')).text(), /勤務先のアカウントでサインイン/)
})

test('the secret is kept encrypted, shown nowhere, and no reader of the database gets it', async () => {
  const id = await add(oidc())
  const { sealed } = await site.db
    .selectFrom('sso_secret')
    .where('provider_id', '=', id)
    .select('sealed')
    .executeTakeFirstOrThrow()
  assert.ok(!sealed.includes(oidcClient.client_secret))
  for (const at of [`/sso/${id}`, '/sso', '/trail'])
    assert.ok(!(await (await desk.get(at)).text()).includes(oidcClient.client_secret), at)
  const wrong = await (await desk.post('/sso', oidc({ domain: '' }))).text()
  assert.ok(!wrong.includes(oidcClient.client_secret))

  const { id: person_id, name_ja, name_en, institution_id } = await site.accountOf('secretariat')
  const mine = site.tools.dbOf({ id: person_id, name_ja, name_en, institution_id, roles: ['secretariat'] }, false)
  assert.deepEqual(await mine.selectFrom('sso_secret').selectAll().execute(), [])
  assert.deepEqual(await mine.selectFrom('sso_request').selectAll().execute(), [])
  assert.ok((await mine.selectFrom('sso_provider').selectAll().execute()).length > 0)
  const auditor = site.tools.dbOf({ id: person_id, name_ja, name_en, institution_id, roles: ['auditor'] }, false)
  assert.deepEqual(await auditor.selectFrom('sso_provider').selectAll().execute(), [])
})

test('two institutions never share a domain, however it is written, also when both try at once', async () => {
  const { domain } = oidc()
  const forms = institutions.map((institution_id) => oidc({ domain, institution_id }))
  const answers = await Promise.all(forms.map((form) => desk.post('/sso', form)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422])
  const again = await desk.post('/sso', oidc({ domain: ` @${domain.toUpperCase()} ` }))
  assert.equal(again.status, 422)
  assert.match(await again.text(), /すでにほかの設定で使われています/)
})

for (const [what, change, field, words] of [
  ['no institution', { institution_id: '' }, 'institution_id', '機関を選んでください'],
  ['an unknown institution', { institution_id: crypto.randomUUID() }, 'institution_id', '機関を選んでください'],
  ['a domain without a dot', { domain: 'firm' }, 'domain', 'ドメインを'],
  ['a domain that looks like another', { domain: 'f\u0456rm.example' }, 'domain', 'ドメインを'],
  ['an address for a domain', { domain: 'https://firm.example/' }, 'domain', 'ドメインを'],
  ['no secret', { client_secret: '' }, 'client_secret', '入力してください'],
  ['no issuer', { issuer: '' }, 'issuer', '入力してください'],
  ['an issuer in the clear', { issuer: 'http://login.firm.example' }, 'issuer', 'https で始まる'],
  ['an issuer that is no address', { issuer: 'login' }, 'issuer', 'https で始まる'],
  ['an issuer of an inner network', { issuer: 'https://10.0.0.5' }, 'issuer', '内部ネットワーク'],
  ['the address of a cloud’s metadata', { issuer: 'https://169.254.169.254' }, 'issuer', '内部ネットワーク'],
  ['loopback over https', { issuer: 'https://127.0.0.1' }, 'issuer', '内部ネットワーク'],
  ['nobody there', { issuer: 'http://127.0.0.1:1' }, 'issuer', 'つながりません'],
] as const)
  test(`OpenID Connect with ${what} is refused with its reason, and nothing is added`, async () => {
    const before = await rows()
    const answer = await desk.post('/sso', oidc(change))
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${field}">[^<]*${words}`))
    assert.match(page, /value="noroshi"/)
    assert.deepEqual(await rows(), before)
  })

const document = (issuer: string, change: object = {}) =>
  JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    ...change,
  })
for (const [what, handle, words] of [
  ['is no provider', (_: string) => '<h1>hello</h1>', '設定（/.well-known'],
  [
    'calls itself otherwise',
    (at: string) => document('https://evil.example', { issuer: `${at}x` }),
    '発行者と一致しません',
  ],
  ['differs by a slash', (at: string) => document(at, { issuer: `${at}/` }), '発行者と一致しません'],
  ['lacks an endpoint', (at: string) => document(at, { jwks_uri: undefined }), '必要な項目'],
  [
    'has its tokens in an inner network',
    (at: string) => document(at, { token_endpoint: 'https://192.168.1.1/t' }),
    '内部',
  ],
  ['has its keys in the clear', (at: string) => document(at, { jwks_uri: 'http://firm.example/jwks' }), 'https で'],
  [
    'sends people on in the clear',
    (at: string) => document(at, { authorization_endpoint: 'http://a.example/' }),
    'https で',
  ],
  ['sends people to a script', (at: string) => document(at, { authorization_endpoint: 'javascript:x' }), 'https で'],
  [
    'takes no secret',
    (at: string) => document(at, { token_endpoint_auth_methods_supported: ['tls_client_auth'] }),
    'client_secret_basic',
  ],
] as const)
  test(`an issuer that ${what} is refused with its reason`, async () => {
    const issuer = await listen((request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(handle(`http://${request.headers.host}`))
    })
    const answer = await desk.post('/sso', oidc({ issuer }))
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), new RegExp(`<a href="#issuer">[^<]*${words}`))
  })

test('an issuer that redirects, fails or never answers counts as wrong or down', { timeout: 60_000 }, async () => {
  const redirecting = await listen((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
  const failing = await listen((_, response) => response.writeHead(500).end())
  const silent = await listen(() => {})
  for (const issuer of [redirecting, failing, silent]) {
    const answer = await desk.post('/sso', oidc({ issuer }))
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /<a href="#issuer">/)
  }
})

test('in production a loopback provider is refused', async () => {
  const config = { mode: 'production' as const }
  const { discover } = await import('./discover.ts')
  assert.deepEqual(await discover(config, idp.issuer), { failed: 'address' })
  assert.deepEqual(await discover(config, 'https://localhost'), { failed: 'private' })
})

test('SAML is set up with what was typed, or with metadata, and its page gives our addresses', async () => {
  const id = await add(typedSaml())
  const page = await (await desk.get(`/sso/${id}`)).text()
  assert.match(page, new RegExp(`http://localhost/sign-in/sso/saml2/sp/acs/${id}`))
  assert.match(page, /署名したアサーション/)
  const metadata = await site.nobody.get(`/sign-in/sso/metadata/${id}`)
  assert.equal(metadata.headers.get('content-type'), 'application/samlmetadata+xml')
  await desk.post(`/sso/${id}/test`)
  assert.equal((await lastLine()).action, 'sso.tested')
})

for (const [what, change, field, words] of [
  ['no certificate', { certificate: '' }, 'certificate', '入力してください'],
  ['a certificate that is none', { certificate: 'aGVsbG8=' }, 'certificate', '証明書を読めない'],
  ['an entry point in the clear', { entry_point: 'http://idp.firm.example/' }, 'entry_point', 'https で始まる'],
  ['a script for an entry point', { entry_point: 'javascript:alert(1)' }, 'entry_point', 'https で始まる'],
  ['no name', { issuer: '' }, 'issuer', '入力してください'],
] as const)
  test(`SAML with ${what} is refused with its reason`, async () => {
    const answer = await desk.post('/sso', typedSaml(change))
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), new RegExp(`<a href="#${field}">[^<]*${words}`))
  })

const good = saml.metadata()
for (const [what, xml, words] of [
  ['is no XML', 'hello', '読めません'],
  ['has a document type', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${good}`, '読めません'],
  ['is about two providers', `<all>${good}${good}</all>`, '読めません'],
  ['has no name', good.replace(/entityID="[^"]*"/, ''), 'entityID'],
  ['has no redirect', good.replaceAll('HTTP-Redirect', 'HTTP-POST'), 'HTTP-Redirect'],
  ['has a damaged certificate', good.replace(/(X509Certificate>)M/, '$1?'), '証明書'],
] as const)
  test(`SAML metadata that ${what} is refused with its reason`, async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries(typedSaml({ certificate: '', entry_point: '', issuer: '' })))
      form.set(name, value)
    form.set('metadata', new File([xml], 'metadata.xml'))
    const answer = await desk.send('POST', '/sso', form, { 'sec-fetch-site': 'same-origin' })
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), new RegExp(`<a href="#metadata">[^<]*${words}`))
  })

test('the check says when the provider is away, and when it is back', async () => {
  const id = await add(oidc())
  idp.state.broken = 502
  await desk.post(`/sso/${id}/test`)
  assert.match(await (await desk.get(`/sso/${id}`)).text(), /相手側につながりません/)
  idp.state.broken = null
  await desk.post(`/sso/${id}/test`)
  assert.deepEqual((await lastLine()).details, { result: 'ok' })
})

test('S0-30 nobody there: the page says so within seconds, and the password opens the door', async () => {
  const form = oidc()
  const id = await add(form)
  await desk.post(`/sso/${id}/activation`, { is_active: 'yes' })
  await changeSettings(site, id, { issuer: 'http://127.0.0.1:1' })
  const { answer } = await openBrowser(site).post('/sign-in/sso', { mail: `x@${form.domain}` })
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /パスキーまたはパスワードは、いつもどおり使えます/)
  const { email } = await site.accountOf('bcp_contact')
  assert.equal((await site.nobody.post('/sign-in', { email, password: demoPassword })).status, 303)
})

test('a provider is taken into use and out of it, each with its line', async () => {
  const id = await add(oidc())
  await desk.post(`/sso/${id}/activation`, { is_active: 'yes' })
  await desk.post(`/sso/${id}/activation`, { is_active: 'no' })
  const acts = (await site.trailOf(`/sso/${id}`)).map(({ action }) => action)
  assert.deepEqual(acts.slice(-2), ['sso.activated', 'sso.deactivated'])
})

test('removing takes the name of the domain, and frees it', async () => {
  const form = oidc()
  const id = await add(form)
  const wrong = await desk.post(`/sso/${id}/removal`, { confirm: 'firm' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /<a href="#confirm">/)
  assert.equal((await desk.post(`/sso/${id}/removal`, { confirm: form.domain })).status, 303)
  assert.equal((await desk.get(`/sso/${id}`)).status, 404)
  assert.equal((await site.nobody.get(`/sign-in/sso/callback/${id}`)).status, 404)
  const secrets = await site.db.selectFrom('sso_secret').where('provider_id', '=', id).selectAll().execute()
  assert.deepEqual(secrets, [])
  assert.ok((await site.trail()).some(({ action }) => action === 'sso.removed'))
  await add(form)
})

test('whom a provider calls what can be released, once', async () => {
  const id = await add(oidc())
  const { id: person_id } = await site.accountOf('observer')
  const row = { provider_id: id, subject: 's', person_id, bound_at: new Date() }
  await site.db.insertInto('sso_subject').values(row).execute()
  assert.match(await (await desk.get(`/sso/${id}`)).text(), /結び付きを解く/)
  for (const _ of [1, 2]) assert.equal((await desk.post(`/sso/${id}/release`, { person_id })).status, 303)
  assert.equal((await site.trail()).filter(({ action }) => action === 'sso.released').length, 1)
})

test('a provider is added only after a fresh proof, and the page that asks for it does not hold the secret', async () => {
  const later = await site.as('secretariat')
  const long_ago = new Date(Date.now() - 12 * 3_600_000)
  await site.db.updateTable('session').set({ confirmed_at: long_ago }).execute()
  const before = await rows()
  const form = oidc()
  const asked = await later.post('/sso', form)
  const page = await asked.text()
  assert.equal(asked.status, 401)
  assert.match(page, new RegExp(form.domain))
  assert.ok(!page.includes(oidcClient.client_secret))
  assert.equal((await later.get('/sso/new')).headers.get('location'), '/sign-in/confirm?next=%2Fsso%2Fnew')
  assert.deepEqual(await rows(), before)
})

test('guessing domains over and over is stopped, with the time to wait', async () => {
  let answer = await site.nobody.post('/sign-in/sso', { mail: 'x@nowhere.example' })
  for (let tries = 0; tries < 120 && answer.status === 422; tries++)
    answer = await site.nobody.post('/sign-in/sso', { mail: `x@nowhere-${tries}.example` })
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  assert.match(await answer.text(), /しばらくお待ちください/)
})
