import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { second_factor_cookie } from '#ground/auth/second-factor-plugin.ts'
import { roles } from '#ground/rights/person.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { demoPassword } from './demo-password.ts'
import { ownPath } from './own-path.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const cookieOf = (answer: Response) =>
  answer.headers.getSetCookie().find((line) => line.includes('session_token')) ?? ''
const lastLine = async () => (await site.trail()).at(-1)!
const sessions = () => site.db.selectFrom('session').selectAll().execute()

for (const role of roles)
  test(`a ${role} signs in, sees home, and the trail says who`, async () => {
    const { id, email, institution_id } = await site.accountOf(role)
    const answer = await site.nobody.post('/sign-in', { email: ` ${email.toUpperCase()} `, password: demoPassword })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/home'])
    const { action, person_id, institution_id: whose } = await lastLine()
    assert.deepEqual([action, person_id, whose], ['sign-in.succeeded', id, institution_id])
    const home = await site.client(cookieOf(answer).split(';')[0]).get('/home')
    assert.equal(home.status, 200)
  })

test('the session cookie is for this site alone and is gone from scripts', async () => {
  const { email } = await site.accountOf('auditor')
  const cookie = cookieOf(await site.nobody.post('/sign-in', { email, password: demoPassword }))
  assert.match(cookie, /^noroshi\.session_token=[^;]+;/)
  for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=259200'])
    assert.match(cookie, new RegExp(`; ${attribute}(;|$)`, 'i'))
  assert.doesNotMatch(cookie, /Secure|Domain/i)
})

test('behind https the session cookie is Secure', async () => {
  const secure = await testSite({ origin: 'https://bcp.example', config: { public_origin: 'https://bcp.example' } })
  try {
    const { email } = await secure.accountOf('auditor')
    const cookie = cookieOf(await secure.nobody.post('/sign-in', { email, password: demoPassword }))
    assert.match(cookie, /^__Secure-noroshi\.session_token=.*; Secure(;|$)/i)
    assert.equal((await (await secure.as('secretariat')).get('/home')).status, 200)
  } finally {
    await secure.close()
  }
})

test('a wrong password and an unknown address are answered alike', async () => {
  const { email, id } = await site.accountOf('observer')
  const answered = async (form: Record<string, string>) => {
    const answer = await site.nobody.post('/sign-in', form)
    const html = (await answer.text()).replace(form.email!, '').replace(/data-now="[^"]*"/, '')
    return { code: answer.status, html, cookies: answer.headers.getSetCookie() }
  }
  const known = await answered({ email, password: 'not the right one' })
  assert.deepEqual([(await lastLine()).action, (await lastLine()).details], ['sign-in.refused', { person_id: id }])
  const unknown = await answered({ email: 'nobody@firm.example', password: 'not the right one' })
  assert.deepEqual([(await lastLine()).action, (await lastLine()).details], ['sign-in.refused', {}])
  assert.deepEqual([known.code, known.cookies], [401, []])
  assert.deepEqual([unknown.code, unknown.cookies], [401, []])
  assert.ok(unknown.html === known.html, 'the pages differ')
})

test('the sign-in says where the secretariat answers the telephone, also after a wrong password and at the code', async () => {
  const { address } = await site.db
    .selectFrom('contact_address')
    .innerJoin('contact', 'contact.id', 'contact_address.contact_id')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('institution.kind', '=', 'association')
    .where('means', '=', 'phone')
    .select('address')
    .orderBy('contact.rank')
    .limit(1)
    .executeTakeFirstOrThrow()
  const number = address.replace('+81', '0')
  const first = await site.nobody.get('/sign-in')
  const wrong = await site.nobody.post('/sign-in', { email: 'locked-out@firm.example', password: 'wrong' })
  const code = await site.client(`noroshi.${second_factor_cookie}=x`).get('/sign-in/code')
  for (const answer of [first, wrong, code]) {
    const html = await answer.text()
    assert.match(html, /サインインできないとき/)
    assert.ok(html.includes(`href="tel:${number}"`), html)
  }
  // Nobody's own number stands before the door.
  const html = await (await site.nobody.get('/sign-in')).text()
  const office = await site.db.selectFrom('contact_address').where('means', '=', 'phone').select('address').execute()
  const known = new Set(office.map((one) => one.address.replace('+81', '0')))
  for (const [, shown = ''] of html.matchAll(/href="tel:([^"]+)"/g)) assert.ok(known.has(shown), shown)
})

for (const [what, form] of Object.entries({
  'an empty form': {},
  'no password': { email: 'desk@assoc.example' },
  'a password in another case': { email: 'desk@assoc.example', password: demoPassword.toUpperCase() },
  'a password cut to its first letters': { email: 'desk@assoc.example', password: demoPassword.slice(0, -1) },
  'a very long password': { email: 'desk@assoc.example', password: 'x'.repeat(40_000) },
  'a very long address': { email: `${'x'.repeat(10_000)}@firm.example`, password: demoPassword },
  'an address that is none': { email: "' or 1=1 --", password: demoPassword },
  'a character that the database cannot hold': { email: 'desk\0@assoc.example', password: '\0' },
}))
  test(`${what} is refused with the page, not with an error`, async () => {
    const answer = await site.nobody.post('/sign-in', form as Record<string, string>)
    assert.equal(answer.status, 401)
    assert.match(await answer.text(), /サインインできませんでした/)
    assert.deepEqual(site.reported, [])
  })

test('a body that is no form is an empty form', async () => {
  for (const type of ['application/json', 'multipart/form-data', 'text/plain', '']) {
    const headers = { 'sec-fetch-site': 'same-origin', ...(type && { 'content-type': type }) }
    assert.equal((await site.nobody.send('POST', '/sign-in', '{"email":"x"}', headers)).status, 401)
  }
})

test('signing out ends the session on the server: the old cookie opens nothing', async () => {
  const person = await site.as('auditor')
  assert.equal((await person.get('/trail')).status, 200)
  const before = (await sessions()).length
  const answer = await person.post('/sign-out')
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/'])
  assert.match(cookieOf(answer), /Max-Age=0/)
  assert.equal((await sessions()).length, before - 1)
  assert.equal((await lastLine()).action, 'sign-out.done')
  assert.deepEqual((await person.get('/trail')).headers.get('location'), '/sign-in?next=%2Ftrail&ended=gone')
  assert.equal((await person.post('/sign-out')).status, 303)
})

test('each sign-in has a token of its own, and ends for good after three days, whatever is set', async () => {
  const { email, id } = await site.accountOf('observer')
  await site.db.deleteFrom('session').where('person_id', '=', id).execute()
  const one = await site.signIn(email)
  await one.get('/home')
  await site.signIn(email)
  const rows = (await sessions()).filter(({ person_id }) => person_id === id)
  assert.equal(new Set(rows.map(({ token }) => token)).size, 2)
  for (const { created_at, expires_at } of rows)
    assert.ok(Math.abs(expires_at.getTime() - created_at.getTime() - 72 * 3_600_000) < 5000)

  // Used a minute before its end, it still ends when it was to end.
  const end = new Date(Date.now() + 60_000)
  await site.db.updateTable('session').set({ expires_at: end }).where('person_id', '=', id).execute()
  assert.equal((await one.get('/home')).status, 200)
  const after = (await sessions()).filter(({ person_id }) => person_id === id)
  assert.deepEqual(new Set(after.map(({ expires_at }) => expires_at.getTime())), new Set([end.getTime()]))
  const gone = new Date(Date.now() - 1000)
  await site.db.updateTable('session').set({ expires_at: gone }).where('person_id', '=', id).execute()
  assert.equal((await one.get('/home')).status, 303)
})

test('a cookie that was changed, made up or damaged is nobody', async () => {
  const { cookie = '' } = await site.as('secretariat')
  const [name, value = ''] = cookie.split('=')
  for (const other of [`${value}x`, value.replace(/\..*/, ''), 'x.y', '%E0%A4%A', '', '=', 'null', `x${value}`]) {
    const answer = await site.client(`${name}=${other}`).get('/home')
    assert.equal(answer.status, 303, other)
  }
  assert.deepEqual(site.reported, [])
})

test('a role that was taken away is gone at the next page, and so is a person', async () => {
  const { id, email } = await site.accountOf('auditor')
  const person = await site.signIn(email)
  assert.equal((await person.get('/trail')).status, 200)
  await site.db
    .updateTable('role_grant')
    .set({ removed_at: new Date(), removal_reason: '異動' })
    .where('person_id', '=', id)
    .execute()
  assert.equal((await person.get('/trail')).status, 403)
  await site.db.insertInto('role_grant').values({ person_id: id, role: 'auditor' }).execute()
  assert.equal((await person.get('/trail')).status, 200)
})

for (const [asked, expected] of Object.entries({
  '/situations?mode=test': '/situations?mode=test',
  '/報告': '/%E5%A0%B1%E5%91%8A',
  '': '/home',
  home: '/home',
  '//evil.example': '/home',
  '///evil.example': '/home',
  '/\\evil.example': '/home',
  '\\\\evil.example': '/home',
  '/\t/evil.example': '/home',
  '/\n/evil.example': '/home',
  '\t//evil.example': '/home',
  'https://evil.example': '/home',
  'https:evil.example': '/home',
  'javascript:alert(1)': '/home',
  '/..//evil.example': '/home',
  '/.//evil.example': '/home',
  '/%2e//evil.example': '/home',
  '/a/..//evil.example': '/home',
  '/%2e%2e//evil.example': '/home',
  '/..\\/evil.example': '/home',
  '/@evil.example': '/@evil.example',
  '/%2F%2Fevil.example': '/%2F%2Fevil.example',
  '/\r\nset-cookie: a=b': '/set-cookie:%20a=b',
}))
  test(`after signing in, ${JSON.stringify(asked)} leads to ${expected}`, async () => {
    assert.equal(ownPath(asked), expected)
    // Whatever a browser makes of it, it stays on the site.
    assert.equal(new URL(ownPath(asked), 'https://bcp.example').origin, 'https://bcp.example')
    const { email } = await site.accountOf('observer')
    const person = await site.signIn(email)
    assert.equal((await person.get(`/sign-in?next=${encodeURIComponent(asked)}`)).headers.get('location'), expected)
    assert.equal((await person.post('/language', { language: 'ja', back: asked })).headers.get('location'), expected)
  })

test('who was sent to sign in comes back to the page that was asked for', async () => {
  const away = await site.nobody.get('/situations?page=2')
  assert.equal(away.headers.get('location'), '/sign-in?next=%2Fsituations%3Fpage%3D2')
  assert.match(
    await (await site.nobody.get('/sign-in?next=%2Fsituations%3Fpage%3D2')).text(),
    /value="\/situations\?page=2"/,
  )
  const { email } = await site.accountOf('observer')
  const form = { email, password: demoPassword, next: '/situations?page=2' }
  assert.equal((await site.nobody.post('/sign-in', form)).headers.get('location'), '/situations?page=2')
})

test('forms of other sites are refused, our own are taken', async () => {
  const person = await site.as('secretariat')
  const cookie = { cookie: person.cookie ?? '' }
  const answers = async (headers: Record<string, string>, client = person) =>
    (await client.post('/language', { language: 'ja' }, headers)).status

  for (const foreign of ['cross-site', 'same-site', 'Same-Origin', '', 'x'])
    assert.equal(await answers({ 'sec-fetch-site': foreign }), 403, foreign)
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'https://localhost', ''])
    assert.equal(await answers({ origin, host: 'localhost' }), 403, origin)
  assert.equal(await answers({}), 403, 'a cookie, and nothing that says where it comes from')
  assert.equal(await answers({ 'sec-fetch-site': 'cross-site', origin: 'http://localhost', ...cookie }), 403)

  assert.equal(await answers({ 'sec-fetch-site': 'same-origin' }), 303)
  assert.equal(await answers({ 'sec-fetch-site': 'none' }), 303)
  assert.equal(await answers({ origin: 'http://localhost' }), 303)
  assert.equal(await answers({}, site.nobody), 303, 'without a cookie there is nothing to abuse')
})

test('no GET changes anything: signing out takes a form', async () => {
  const person = await site.as('secretariat')
  await person.get('/sign-out')
  await person.head('/sign-out')
  assert.equal((await person.get('/home')).status, 200)
})

test('no password and no token is in the trail, in a page after a refusal, or among the errors', async () => {
  const secret = 'Tr0ub4dor & 3 more words'
  const { email } = await site.accountOf('observer')
  const refused = await site.nobody.post('/sign-in', { email, password: secret })
  assert.ok(!(await refused.text()).includes(secret))
  await site.signIn(email)
  const told = JSON.stringify(await site.trail())
  for (const word of [secret, demoPassword, ...(await sessions()).map(({ token }) => token)])
    assert.ok(!told.includes(word))
  const { rows } = { rows: await site.db.selectFrom('credential').select('password').execute() }
  for (const { password } of rows) assert.match(password ?? '', /^[0-9a-f]{32}:[0-9a-f]{128}$/)
})

test('the endpoints of the sign-in library are not there', async () => {
  const { email } = await site.accountOf('secretariat')
  for (const at of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/api/auth/get-session', '/api/auth/ok']) {
    assert.equal((await site.nobody.get(at)).status, 404)
    assert.equal((await site.nobody.post(at, { email })).status, 404)
  }
})
