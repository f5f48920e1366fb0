import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { formOf, openSaml, type Told } from '#tests/kit/saml.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openBrowser } from '#tests/kit/sso-browser.ts'
import { changeSettings } from '#tests/kit/sso-settings.ts'

let site: TestSite
/** Answers the look whether the provider is there; the rest is done in this process. */
let entry: Server
let entry_point: string
let idp: ReturnType<typeof openSaml>
let provider: string
let sp: string
let worker: { id: string }
const domain = 'firm-s.example'
const mail = `worker@${domain}`

before(async () => {
  site = await testSite()
  entry = createServer((_, response) => response.end('sign in here'))
  await new Promise<void>((resolve) => entry.listen(0, '127.0.0.1', resolve))
  entry_point = `http://127.0.0.1:${(entry.address() as AddressInfo).port}/saml`
  idp = openSaml('https://idp.firm-s.example/metadata', entry_point)
  const { id: institution_id } = await site.db
    .selectFrom('institution')
    .where('kind', '=', 'securities_firm')
    .select('id')
    .orderBy('code')
    .limit(1)
    .executeTakeFirstOrThrow()
  worker = await site.db
    .insertInto('person')
    .values({ name_ja: '架空 勤', email: mail, institution_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await site.db.insertInto('role_grant').values({ person_id: worker.id, role: 'bcp_contact' }).execute()
  const desk = await site.as('secretariat')
  const form = new FormData()
  for (const [name, value] of Object.entries({ kind: 'saml', institution_id, domain })) form.set(name, value)
  form.set('metadata', new File([idp.metadata()], 'metadata.xml', { type: 'text/xml' }))
  const added = await desk.send('POST', '/sso', form, { 'sec-fetch-site': 'same-origin' })
  assert.equal(added.status, 303, (await added.text()).replace(/<[^>]*>/g, ' '))
  provider = added.headers.get('location')!.split('/').at(-1)!
  await desk.post(`/sso/${provider}/activation`, { is_active: 'yes' })
  sp = await (await site.nobody.get(`/sign-in/sso/metadata/${provider}`)).text()
})
after(async () => {
  entry.closeAllConnections()
  await new Promise((resolve) => entry.close(resolve))
  await site.close()
})
beforeEach(async () => {
  await site.db.deleteFrom('sso_subject').execute()
})

const lastLine = async () => (await site.trail()).at(-1)!
const sessions = async () =>
  (await site.db.selectFrom('session').where('method', '=', 'sso').select('id').execute()).length

/** To the provider, and its answer; not yet brought to us. */
async function ask(told: Partial<Told> = {}, how: Parameters<typeof idp.answer>[3] = {}) {
  const browser = openBrowser(site)
  const { url } = await browser.post('/sign-in/sso', { mail, next: '/board' }, (at) => at.href.startsWith(entry_point))
  const answer = await idp.answer(url, sp, { name_id: 'subject-s', email: mail, ...told }, how)
  return { browser, ...answer }
}

async function refused({ answer }: { answer: Response }, reason: string) {
  const html = await answer.text()
  assert.equal(answer.status, 403, html.replace(/<[^>]*>/g, ' '))
  assert.match(html, /パスキーまたはパスワードでサインインする/)
  const { action, details } = await lastLine()
  assert.deepEqual([action, details.reason], ['sign-in.refused', reason])
}

test('S0-30 S3-4(11) a person signs in with a signed assertion of their institution', async () => {
  const { browser, acs, form } = await ask()
  const before = await sessions()
  const { answer, url } = await browser.postFromElsewhere(acs, form)
  assert.deepEqual([answer.status, url.pathname], [200, '/board'])
  assert.equal(await sessions(), before + 1)
  const { action, person_id, details } = await lastLine()
  assert.deepEqual([action, person_id], ['sign-in.succeeded', worker.id])
  assert.deepEqual(details, { method: 'sso', provider, first: true })
  // A mail address as the name itself, without an attribute, is the mail address.
  await site.db.deleteFrom('sso_subject').execute()
  const plain = await ask({ name_id: mail, email: null })
  assert.equal((await plain.browser.postFromElsewhere(plain.acs, plain.form)).url.pathname, '/board')
  assert.deepEqual(site.reported, [])
})

test('our metadata asks for signed assertions at our address', () => {
  assert.match(sp, /WantAssertionsSigned="true"/)
  assert.match(sp, new RegExp(`Location="http://localhost/sign-in/sso/saml2/sp/acs/${provider}"`))
  assert.match(sp, new RegExp(`entityID="http://localhost/sign-in/sso/metadata/${provider}"`))
})

test('S0-30 an answer counts once: sent again, it opens nothing', async () => {
  const { browser, acs, form } = await ask()
  await browser.postFromElsewhere(acs, form)
  const before = await sessions()
  await refused(await browser.postFromElsewhere(acs, form), 'state')

  // Into a new request of the same browser.
  const next = await ask()
  await refused(
    await next.browser.postFromElsewhere(acs, { ...form, RelayState: next.form.RelayState }),
    'saml_in_response_to',
  )
  assert.equal(await sessions(), before)
})

test('S0-30 an assertion that was seen before is refused, even in an answer to a new request', async () => {
  const assertion_id = '_seen-once'
  const one = await ask({ assertion_id })
  assert.equal((await one.browser.postFromElsewhere(one.acs, one.form)).url.pathname, '/board')
  const two = await ask({ assertion_id })
  await refused(await two.browser.postFromElsewhere(two.acs, two.form), 'replay_detected')
})

test('S0-30 an answer counts only in the browser that asked', async () => {
  const { acs, form } = await ask()
  const before = await sessions()
  await refused(await openBrowser(site).postFromElsewhere(acs, form), 'state')
  assert.equal(await sessions(), before)
})

for (const [what, told, reason] of [
  ['in answer to no request', { in_response_to: '' }, 'saml_in_response_to'],
  ['in answer to another request', { in_response_to: '_another' }, 'saml_in_response_to'],
  ['whose signed part answers another request', { confirmed_in_response_to: '_another' }, 'saml_in_response_to'],
  ['that has expired', { not_after: new Date(Date.now() - 120_000) }, 'saml_expired'],
  ['from the future', { not_before: new Date(Date.now() + 600_000) }, 'saml_not_verified'],
  ['for another audience', { audience: 'https://another.example' }, 'invalid_saml_response'],
  ['for another recipient', { recipient: 'https://another.example/acs' }, 'saml_recipient'],
  ['about a passing name', { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }, 'saml_subject_transient'],
  ['about nobody we know', { email: `nobody@${domain}` }, 'unknown_person'],
  ['about somebody of another institution', { email: 'desk@assoc.example' }, 'mail_domain'],
] as const)
  test(`S0-30 an assertion ${what} is refused`, async () => {
    const { browser, acs, form } = await ask(told)
    const before = await sessions()
    await refused(await browser.postFromElsewhere(acs, form), reason)
    assert.equal(await sessions(), before)
    assert.deepEqual(site.reported, [])
  })

test('S0-30 an assertion without a signature, or with an old kind of one, is refused', async () => {
  const unsigned = await ask({}, { is_signed: false })
  await refused(await unsigned.browser.postFromElsewhere(unsigned.acs, unsigned.form), 'saml_assertion_unsigned')
  const old = await ask({}, { with: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' })
  await refused(await old.browser.postFromElsewhere(old.acs, old.form), 'saml_algorithm')
})

for (const [what, change, reason] of [
  ['another address', (xml: string) => xml.replace(mail, 'boss@firm-s.example'), 'saml_not_verified'],
  ['another name', (xml: string) => xml.replace('>subject-s<', '>subject-t<'), 'saml_not_verified'],
  ['a later end', (xml: string) => xml.replaceAll(/NotOnOrAfter="20/g, 'NotOnOrAfter="21'), 'saml_not_verified'],
  ['a second assertion', (xml: string) => xml.replace(/(<saml:Assertion.*<\/saml:Assertion>)/s, '$1$1'), 'saml_shape'],
  [
    'an assertion wrapped around it',
    (xml: string) =>
      xml.replace(
        /(<saml:Assertion.*<\/saml:Assertion>)/s,
        '<saml:Assertion ID="_x"><saml:Advice>$1</saml:Advice></saml:Assertion>',
      ),
    'saml_shape',
  ],
  ['a comment in the name', (xml: string) => xml.replace('>subject-s<', '>subj<!-- -->ect-s<'), 'saml_xml'],
  ['a document type', (xml: string) => `<!DOCTYPE x [<!ENTITY e "x">]>${xml}`, 'saml_xml'],
  ['an instruction', (xml: string) => xml.replace('<saml:Assertion', '<?x y?><saml:Assertion'), 'saml_xml'],
  ['bytes that are no text', (xml: string) => xml.replace('subject-s', '\uDC00'), 'saml_not_verified'],
  ['nothing', () => '', 'saml_xml'],
  ['no XML', () => 'hello', 'saml_shape'],
  ['a tower of elements', () => '<a>'.repeat(20_000), 'saml_shape'],
  [
    'names that are none',
    (xml: string) => xml.replace('<samlp:Status>', '<__proto__ constructor="x"/><samlp:Status>'),
    'saml_shape',
  ],
  ['another root', () => '<a><b/></a>', 'saml_shape'],
] as const)
  test(`S0-30 an answer changed on its way, with ${what}, is refused`, async () => {
    const { browser, acs, xml, form } = await ask()
    const before = await sessions()
    await refused(await browser.postFromElsewhere(acs, formOf(change(xml), form.RelayState)), reason)
    assert.equal(await sessions(), before)
    assert.deepEqual(site.reported, [])
  })

test('S0-30 an answer signed by another provider with the same name is refused', async () => {
  const browser = openBrowser(site)
  const { url } = await browser.post('/sign-in/sso', { mail, next: '' }, (at) => at.href.startsWith(entry_point))
  const impostor = openSaml(idp.entity_id, entry_point)
  const { acs, form } = await impostor.answer(url, sp, { name_id: 'subject-s', email: mail })
  await refused(await browser.postFromElsewhere(acs, form), 'saml_not_verified')
})

test('S0-30 an answer without a known RelayState is not even kept', async () => {
  const kept = () => site.db.selectFrom('sso_request').where('answer', 'is not', null).select('id').execute()
  const before = await kept()
  const { browser, acs, form } = await ask()
  for (const RelayState of ['', 'x', '0'.repeat(32)])
    await refused(await browser.postFromElsewhere(acs, { ...form, RelayState }), 'state')
  assert.deepEqual(await kept(), before)
})

test('only the answer of a provider may be posted by another site', async () => {
  const { browser, form } = await ask()
  for (const at of [
    '/sign-in/sso',
    '/sign-in',
    `/sso/${provider}/activation`,
    '/sign-in/sso/saml2/sp/acs/x',
    '/sign-in/sso/saml2/sp/acs',
  ])
    assert.equal((await browser.postFromElsewhere(at, form)).answer.status, 403, at)
})

test('a SAML provider that does not answer is told of, and can be tried all the same', async () => {
  const quiet = createServer((_, response) => response.writeHead(502).end())
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve))
  const there = `http://127.0.0.1:${(quiet.address() as AddressInfo).port}/`
  await changeSettings(site, provider, { entry_point: there })
  const answer = await site.nobody.post('/sign-in/sso', { mail })
  assert.equal(answer.headers.get('refresh'), null)
  assert.match(await answer.text(), /応答がありません/)
  await changeSettings(site, provider, { entry_point })
  await new Promise((resolve) => quiet.close(resolve))
})
