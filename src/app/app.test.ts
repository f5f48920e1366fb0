import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openProgram } from '#ground/db/database.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { createApp } from './app.tsx'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const title = async (answer: Response) => /<title>([^<]*)<\/title>/.exec(await answer.text())?.[1]
const style = async () =>
  /\/assets\/[a-zA-Z0-9-]+\.css/.exec(await (await site.nobody.get('/sign-in')).text())?.[0] ?? ''

test('an unknown address is a page of its own, for who is signed in and for everyone else', async () => {
  const desk = await site.as('secretariat')
  for (const at of ['/nothing', '/situations/', '/trail/1', '/%00', '/..%2f', '/situations//', '/\u{1F525}']) {
    const answer = await desk.get(at)
    assert.equal(answer.status, 404, at)
    assert.match((await title(answer)) ?? '', /^ページが見つかりません/)
    assert.equal((await site.nobody.get(at)).status, 404, at)
  }
  assert.deepEqual(site.reported, [])
})

test('an asset that is not there is a 404, not an error', async () => {
  for (const at of [
    '/assets/app-XXXXXXXX.css',
    '/assets/none.js',
    '/assets/assets.json',
    '/assets/..%2fapp.css',
    '/assets/',
  ]) {
    const answer = await site.nobody.get(at)
    assert.ok([303, 404].includes(answer.status), `${at}: ${answer.status}`)
  }
  assert.equal((await site.nobody.get('/assets/app-XXXXXXXX.css')).status, 404)
  assert.deepEqual(site.reported, [])
})

test('an asset is kept for a year and compressed', async () => {
  const answer = await site.nobody.get(await style(), { 'accept-encoding': 'gzip' })
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(answer.headers.get('content-encoding'), 'gzip')
  assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8')
})

test('who lacks the right gets a page that says so, and the trail a line', async () => {
  const contact = await site.as('bcp_contact')
  const answer = await contact.get('/trail')
  assert.equal(answer.status, 403)
  assert.match((await title(answer)) ?? '', /権限がありません/)
  const { action, about, details, who } = (await site.trail()).at(-1)!
  assert.deepEqual([action, about, details], ['access.denied', '/trail', { method: 'GET' }])
  assert.equal(who, (await site.accountOf('bcp_contact')).name_ja)
})

for (const [path, bytes_max] of [
  ['/situations', 512 * 1024],
  ['/sign-in', 64 * 1024],
  ['/roster/import', 6 * 1024 * 1024],
] as const)
  test(`a body above ${bytes_max} bytes is refused by ${path}, whether its size is said or not`, async () => {
    const desk = await site.as('secretariat')
    const body = 'x'.repeat(bytes_max + 1)
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    const said = await desk.send('POST', path, body, { ...headers, 'content-length': String(body.length) })
    assert.equal(said.status, 413)
    assert.match((await title(said)) ?? '', /大きすぎます/)
    assert.equal((await desk.send('POST', path, body, headers)).status, 413)
    assert.notEqual((await desk.send('POST', path, body.slice(1), headers)).status, 413)
  })

test('an error that nobody expected is reported, and its page says nothing of the inside', async () => {
  const { tools, auth, hub } = site
  const reported: unknown[] = []
  const broken = { ...tools, clock: () => tools.clock() }
  const app = createApp({ tools: broken, auth, hub, report: (error) => reported.push(error) })
  app.get('/breaks', () => {
    throw new Error('select * from secrets where password = 1')
  })
  const { cookie = '' } = await site.as('secretariat')
  const answer = await app.request('/breaks', { headers: { cookie } })
  // Added after the last route, so that the sign-in is in front of it like of any other.
  assert.equal(answer.status, 500)
  const html = await answer.text()
  assert.doesNotMatch(html, /secrets|select \*|Error:|\.tsx?:|at .*\(/)
  assert.match(html, /問題が発生しました/)
  assert.equal(reported.length, 1)
})

test('while the database is away pages are a 503, the sign-in too, and nobody is signed out by it', async () => {
  const { auth: _, ...rest } = site
  const lost = openProgram({ url: 'postgres://nobody@127.0.0.1:9/none' }, 2)
  const { openAuth } = await import('#ground/auth/auth.ts')
  const reported: unknown[] = []
  const app = createApp({
    tools: { ...rest.tools, db: lost, whole: lost, dbOf: () => lost, pageOf: () => ({ db: lost, done: () => {} }) },
    auth: openAuth({ db: lost, secret: rest.tools.config.secret, origin: rest.tools.origin }),
    hub: site.hub,
    report: (error) => reported.push(error),
  })
  try {
    const { cookie = '' } = await site.as('secretariat')
    const home = await app.request('/home', { headers: { cookie } })
    assert.equal(home.status, 503)
    assert.match(await home.text(), /一時的に利用できません/)
    const form = new URLSearchParams({ email: 'desk@assoc.example', password: 'noroshi-demo-2026' })
    const signIn = await app.request('/sign-in', { method: 'POST', body: form })
    assert.equal(signIn.status, 503)
    assert.ok(reported.length > 0)
  } finally {
    await lost.destroy()
  }
})

test('the language is chosen by a form, kept in a cookie, and falls back to Japanese', async () => {
  const answer = await site.nobody.post('/language', { language: 'en', back: '/sign-in?next=%2Fboard' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/sign-in?next=%2Fboard'])
  assert.match(
    answer.headers.getSetCookie()[0] ?? '',
    /^language=en; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  const english = await (await site.nobody.get('/sign-in', { cookie: 'language=en' })).text()
  assert.match(english, /<html lang="en"/)
  for (const other of ['fr', '', 'EN', '__proto__'])
    assert.match(await (await site.nobody.get('/sign-in', { cookie: `language=${other}` })).text(), /<html lang="ja"/)
  assert.deepEqual((await site.nobody.post('/language', { language: 'fr' })).headers.getSetCookie(), [])
  const desk = await site.as('secretariat')
  const missing = await desk.get('/nothing', { cookie: `${desk.cookie}; language=en` })
  assert.match((await title(missing)) ?? '', /^Page not found/)
})

test('every kind of answer carries the security headers, and what is for one person is not stored', async () => {
  const desk = await site.as('secretariat')
  const answers: Record<string, Response> = {
    page: await desk.get('/home'),
    'sign-in': await site.nobody.get('/sign-in'),
    redirect: await site.nobody.get('/home'),
    'not found': await desk.get('/nothing'),
    'no right': await (await site.as('bcp_contact')).get('/trail'),
    'foreign form': await desk.post('/situations', {}, { 'sec-fetch-site': 'cross-site' }),
    'refused form': await desk.post('/situations'),
    live: await desk.get('/live?topic=/home'),
    style: await site.nobody.get(await style()),
  }
  await answers.live?.body?.cancel()
  for (const [what, { headers }] of Object.entries(answers)) {
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'self'",
      "base-uri 'none'",
    ])
      assert.ok(policy.includes(part), `${what}: ${policy}`)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', what)
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', what)
    assert.equal(headers.get('referrer-policy'), 'same-origin', what)
    assert.equal(headers.get('strict-transport-security'), null, what)
    assert.equal(headers.get('x-powered-by'), null, what)
    if (what !== 'style') assert.equal(headers.get('cache-control'), 'no-store', what)
  }
  const { tools, auth, hub } = site
  const secure = { ...tools, origin: 'https://bcp.example' }
  const app = createApp({ tools: secure, auth, hub, report: () => {} })
  const answer = await app.request('/sign-in')
  assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=63072000/)
})

test('HEAD is answered like GET, without a body', async () => {
  const desk = await site.as('secretariat')
  for (const at of ['/home', '/sign-in', '/nothing', await style()]) {
    const [get, head] = [await desk.get(at), await desk.head(at)]
    assert.deepEqual([head.status, await head.text()], [get.status, ''], at)
    assert.equal(head.headers.get('content-type'), get.headers.get('content-type'))
  }
})

test('other methods than GET and POST reach nothing', async () => {
  const desk = await site.as('secretariat')
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
    assert.equal((await desk.send(method, '/home', undefined, { 'sec-fetch-site': 'same-origin' })).status, 404, method)
})

test('a right that the database refuses is an error of ours, not a page that is missing', async () => {
  await assert.rejects(sql`delete from report`.execute(site.db), { code: '42501' })
  const desk = await site.as('secretariat')
  assert.equal((await desk.get(`/reports/${randomUUID()}`)).status, 404)
})
