import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { demoPassword } from '#access/sign-in/demo-password.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'
import { deviceWords } from './device-words.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const wait = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())
beforeEach(async () => {
  await site.db.deleteFrom('session').execute()
})

const lastLine = async () => (await site.trail()).at(-1)!
const sessions = () => site.db.selectFrom('session').selectAll().orderBy('started_at').execute()

test('S3-4(11) a session that nobody uses for an hour is ended on the server, and the sign-in says why and leads back', async () => {
  const reader = await site.as('observer')
  wait(59)
  assert.equal((await reader.get('/home')).status, 200)
  wait(60)
  const away = await reader.get('/situations?page=2')
  assert.equal(away.headers.get('location'), '/sign-in?next=%2Fsituations%3Fpage%3D2&ended=idle')
  assert.deepEqual(await sessions(), [])
  const { action, details } = await lastLine()
  assert.deepEqual([action, details], ['session.expired', { ended: 'idle', method: 'password' }])

  const page = await (await reader.get(away.headers.get('location')!)).text()
  assert.match(page, /長く操作がなかったため/)
  assert.match(page, /name="next" value="\/situations\?page=2"/)
  assert.doesNotMatch(page, /直前に送信した内容/)
  assert.match(await (await reader.get('/sign-in', { cookie: 'language=en' })).text(), /Sign in/)
})

test('a form sent with a session that is over is not taken, and the sign-in says so', async () => {
  const desk = await site.as('secretariat')
  wait(61)
  const away = await desk.post('/criteria', { name_ja: 'x' })
  assert.equal(away.headers.get('location'), '/sign-in?ended=idle&unsent=yes')
  const page = await (await site.nobody.get(away.headers.get('location')!, { cookie: 'language=en' })).text()
  assert.match(page, /nothing was done for a long time/)
  assert.match(page, /What you sent last was not taken/)
})

test('S3-4(11) a session that is always in use ends after a day', async () => {
  const reader = await site.as('observer')
  for (let hour = 0; hour < 47; hour++) {
    wait(30)
    assert.equal((await reader.get('/home')).status, 200)
  }
  wait(30)
  const away = await reader.get('/home')
  assert.equal(away.headers.get('location'), '/sign-in?next=%2Fhome&ended=absolute')
  assert.match(await (await site.nobody.get(away.headers.get('location')!)).text(), /サインインから時間が経った/)
})

test('what a page asks for by itself keeps no session alive, but a session in use is noted once a minute', async () => {
  const reader = await site.as('observer')
  const begun = now.getTime()
  const seen = async () => ((await sessions())[0]!.seen_at!.getTime() - begun) / 60_000
  wait(0.9)
  await reader.get('/home')
  assert.equal(await seen(), 0)
  wait(0.1)
  await reader.get('/home')
  assert.equal(await seen(), 1)
  wait(40)
  await reader.get('/home', { 'x-live': '1' })
  await (await reader.get('/live?topic=/home')).body?.cancel()
  assert.equal(await seen(), 1)
  wait(20)
  assert.equal((await reader.get('/home', { 'x-live': '1' })).status, 303)
  assert.equal((await sessions()).length, 1)
  assert.match((await reader.get('/home')).headers.get('location')!, /ended=idle/)
  assert.equal((await sessions()).length, 0)
})

test('while a situation is open nobody is signed out for an hour of silence, nor after the drill is closed before it', async () => {
  const desk = await site.accountOf('secretariat')
  const reader = await site.as('observer')
  const drill = { title_ja: '訓練', title_en: 'Drill', text_ja: '', text_en: '', reason: '訓練' }
  const { id } = await site.db
    .insertInto('situation')
    .values({ ...drill, mode: 'exercise', hazard: 'earthquake', event_at: now, opened_by: desk.id, opened_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  wait(11 * 60)
  assert.equal((await reader.get('/home')).status, 200)
  wait(61)
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closed_by: desk.id, closing_reason: '終了' })
    .where('id', '=', id)
    .execute()
  assert.match((await reader.get('/home')).headers.get('location')!, /ended=idle/)
})

test('a session that no sign-in has dated counts from its first use', async () => {
  const reader = await site.as('observer')
  await site.db.updateTable('session').set({ started_at: null, seen_at: null, confirmed_at: null }).execute()
  assert.equal((await reader.get('/home')).status, 200)
  assert.deepEqual(
    (await sessions()).map(({ started_at, confirmed_at }) => [started_at, confirmed_at]),
    [[now, null]],
  )
})

test('signing in again takes the place of the session before, and old ones are cleared away', async () => {
  const reader = await site.as('observer')
  const { email } = await site.accountOf('observer')
  const old = await site.as('auditor')
  wait(73 * 60)
  const again = await reader.post('/sign-in', { email, password: demoPassword })
  assert.equal(again.status, 303)
  assert.equal((await sessions()).length, 1)
  assert.equal((await old.get('/home')).status, 303)
})

test('one’s sessions are listed with device, way and times; this one is marked; others can be signed out', async () => {
  const { email } = await site.accountOf('bcp_contact')
  const agent = (text: string) => ({ ...sameOrigin, 'user-agent': text })
  const signIn = async (text: string) => {
    const answer = await site.nobody.post('/sign-in', { email, password: demoPassword }, agent(text))
    return site.client(answer.headers.getSetCookie()[0]!.split(';')[0])
  }
  const phone = await signIn('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1')
  wait(10)
  const desk = await signIn('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0')
  const third = await signIn('')
  const stranger = await site.as('auditor')
  wait(5)

  const page = await (await desk.get('/account/sessions')).text()
  assert.match(page, /3台/)
  assert.match(page, /Edge（Windows）[\s\S]*この端末[\s\S]*(Safari（iPhone）|種類の分からない端末)/)
  assert.match(page, new RegExp(`dateTime="${now.toISOString().slice(0, 19)}Z"`), 'last used now')
  const id = /\/account\/sessions\/([0-9a-f-]{36})\/end"/
  assert.equal(page.match(new RegExp(id, 'g'))?.length, 2)

  // Another person's session is not there to be ended.
  const { id: auditor } = await site.accountOf('auditor')
  const theirs = (await sessions()).find(({ person_id }) => person_id === auditor)!
  const none = await desk.post(`/account/sessions/${theirs.id}/end`)
  assert.equal(none.headers.get('location'), '/account/sessions?ended=0')
  assert.equal((await stranger.get('/home')).status, 200)

  const [phones] = await sessions()
  const lines = (await site.trail()).length
  const ended = await desk.post(`/account/sessions/${phones!.id}/end`)
  assert.equal(ended.headers.get('location'), '/account/sessions?ended=1')
  assert.equal(
    (await desk.post(`/account/sessions/${phones!.id}/end`)).headers.get('location'),
    '/account/sessions?ended=0',
  )
  assert.equal((await phone.get('/home')).status, 303)
  assert.equal((await third.get('/home')).status, 200)
  assert.equal((await site.trail()).length, lines + 1)
  assert.deepEqual((await lastLine()).details, { count: 1, methods: ['password'] })
  assert.match(await (await desk.get('/account/sessions?ended=1')).text(), /1台をサインアウトさせました/)

  assert.equal((await desk.post('/account/sessions/end-others')).headers.get('location'), '/account/sessions?ended=1')
  assert.equal((await third.get('/home')).status, 303)
  assert.equal((await stranger.get('/home')).status, 200)
  assert.match(await (await desk.get('/account/sessions')).text(), /ほかにサインインしている端末はありません/)
  const own = (await site.trail()).at(-1)!
  assert.equal(own.action, 'session.ended')
})

for (const [agent, words] of [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36', 'Chrome（Windows）'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox（Linux）'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome（Android）'],
  ['Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) CriOS/140.0 Mobile Safari/604.1', 'Chrome（iPad）'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19.0 Safari/605.1.15', 'Safari（Mac）'],
  ['curl/8.0', '種類の分からない端末'],
  ['<script>', '種類の分からない端末'],
  [null, '種類の分からない端末'],
] as const)
  test(`${agent} is called ${words}`, () => {
    assert.equal(deviceWords('ja', agent), words)
  })
