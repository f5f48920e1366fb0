import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { settings as known, settingNames } from '#ground/settings/settings.ts'
import { softAuthenticator } from '#tests/kit/passkey.ts'
import { sameOrigin, type TestSite, testSite, withCookies } from '#tests/kit/site.ts'
import { demoPassword } from './demo-password.ts'

let site: TestSite
let desk: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
const wait = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())
beforeEach(async () => {
  await site.db.deleteFrom('attempt').execute()
  desk = await site.as('secretariat')
})

const newestSession = () =>
  site.db.selectFrom('session').selectAll().orderBy('started_at', 'desc').limit(1).executeTakeFirstOrThrow()
const countSessions = async () => (await site.db.selectFrom('session').select('id').execute()).length
const lastLine = async () => (await site.trail()).at(-1)!
const settings = Object.fromEntries(settingNames.map((name) => [name, String(known[name].usual)]))
const settled = () => site.db.selectFrom('setting').select(['name', 'value']).execute()
/** What a browser would send from the form of a page: its hidden fields. */
const hiddenIn = (html: string) =>
  [
    ...html.slice(html.indexOf('<main')).matchAll(/<input type="hidden" name="(?!form_of")([^"]*)" value="([^"]*)"/g),
  ].map(([, name = '', value = '']): [string, string] => [name, unescaped(value)])
const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

test('S3-4(11) just after signing in nobody is asked again; a quarter of an hour later a dangerous act asks', async () => {
  const form = { ...settings, idle_minutes: '50', reason: '試験' }
  wait(14)
  assert.equal((await desk.post('/settings', form)).status, 303)
  wait(1)
  assert.equal((await desk.post('/settings', { ...form, idle_minutes: '55' })).status, 401)
  assert.deepEqual(await settled(), [{ name: 'session.idle_minutes', value: 50 }])
  assert.equal((await desk.get('/home')).status, 200)
})

test('the question keeps all that was typed, and the right password lets the act go on in the same step', async () => {
  wait(20)
  const reason = '一行目\r\n"二" <行> & 目'
  const form = { ...settings, idle_minutes: '45', reason }
  const asked = await desk.post('/settings', form)
  const page = await asked.text()
  assert.equal(asked.status, 401)
  assert.match(page, /<h1>ご本人の確認<\/h1>/)
  assert.match(page, /action="\/settings"/)
  assert.match(page, /15分間は/)
  assert.doesNotMatch(page, /エラー/)
  const kept = hiddenIn(page)
  assert.deepEqual(Object.fromEntries(kept), form)

  const done = await desk.post('/settings', { ...Object.fromEntries(kept), confirm_password: demoPassword })
  assert.equal(done.headers.get('location'), '/settings?changed=1')
  const [confirmed, changed] = (await site.trail()).slice(-2)
  assert.deepEqual([confirmed?.action, confirmed?.details], ['sign-in.confirmed', { by: 'password' }])
  assert.deepEqual([changed?.action, changed?.details.reason], ['setting.changed', reason])
  // The proof holds for the next act, too.
  wait(14)
  assert.equal((await desk.post('/settings', { ...form, idle_minutes: '60' })).status, 303)
})

test('a proof gives the session a new token; the one before is dead, also where it was copied', async () => {
  const before = await desk.get('/home')
  assert.equal(before.status, 200)
  const thief = site.client(desk.cookie)
  wait(20)
  const { id, started_at, expires_at } = await newestSession()
  const done = await desk.post('/settings', { ...settings, reason: '試験', confirm_password: demoPassword })
  assert.equal(done.status, 303)
  assert.match(done.headers.getSetCookie().join(), /session_token=[^;]{40,};.*HttpOnly/)
  assert.notEqual(desk.cookie, thief.cookie)
  assert.equal((await desk.get('/home')).status, 200)
  assert.match((await thief.get('/home')).headers.get('location')!, /^\/sign-in/)
  // The same session, which ends when it would have ended.
  const after = await newestSession()
  assert.deepEqual([after.id, after.started_at, after.expires_at], [id, started_at, expires_at])
  // A wrong password changes no token.
  wait(20)
  const cookie = desk.cookie
  assert.equal((await desk.post('/settings', { ...settings, reason: 'x', confirm_password: 'wrong' })).status, 401)
  assert.equal(desk.cookie, cookie)
})

test('a passkey of one’s own proves it as well, once; somebody else’s proves nothing', async () => {
  const challenge = async (client: TestSite['nobody'], at: string) => {
    const answer = await client.send('POST', at, undefined, sameOrigin)
    return { options: await answer.json(), client: site.client(withCookies(client.cookie, answer)) }
  }
  const register = async (owner: TestSite['nobody']) => {
    const device = softAuthenticator('http://localhost')
    const asked = await challenge(owner, '/account/passkeys/options')
    const added = await asked.client.post('/account/passkeys', { name: '鍵', response: device.create(asked.options) })
    assert.equal(added.headers.get('location'), '/account?done=passkey')
    return { device, client: site.client(withCookies(asked.client.cookie, added)) }
  }
  const { device: own, client: holder } = await register(desk)
  const { device: other } = await register(await site.as('auditor'))
  wait(20)
  const form = { ...settings, idle_minutes: '65', reason: '試験' }
  const page = await (await holder.post('/settings', form)).text()
  assert.match(page, /<div hidden="" data-passkey="get" data-field="confirm_passkey"/)

  const stranger = await challenge(holder, '/sign-in/passkey/options')
  const sessions = await countSessions()
  const wrong = await stranger.client.post('/settings', { ...form, confirm_passkey: other.get(stranger.options) })
  assert.equal(wrong.status, 401)
  assert.match(await wrong.text(), /パスキーで確認できませんでした/)
  assert.equal(await countSessions(), sessions, 'nobody gets a session of whoever held the passkey')
  assert.equal((await lastLine()).action, 'sign-in.confirmation-refused')

  const asked = await challenge(holder, '/sign-in/passkey/options')
  const answer = own.get(asked.options)
  const right = await asked.client.post('/settings', { ...form, confirm_passkey: answer })
  assert.equal(right.headers.get('location'), '/settings?changed=1')
  const [confirmed] = (await site.trail()).slice(-2)
  assert.deepEqual([confirmed?.action, confirmed?.details.by], ['sign-in.confirmed', 'passkey'])
  assert.equal(await countSessions(), sessions)
  assert.equal((await holder.get('/home')).status, 303, 'the token from before is dead')
  wait(20)
  const again = await asked.client.post('/settings', { ...form, idle_minutes: '60', confirm_passkey: answer })
  assert.equal(again.status, 401, 'an answer is good for one challenge only')
  assert.equal((await asked.client.post('/settings', { ...form, confirm_passkey: '{' })).status, 401)
  await site.db.deleteFrom('passkey').execute()
})

test('a wrong password is said at the field, keeps the form, counts, and at last must wait', async () => {
  wait(20)
  const form = { ...settings, idle_minutes: '40', reason: '試験' }
  const before = await settled()
  assert.match(
    await (await desk.post('/settings', { ...form, confirm_password: '' })).text(),
    /href="#confirm_password"/,
  )
  for (let n = 0; n < 5; n++, wait(0.2)) {
    const refused = await desk.post('/settings', { ...form, confirm_password: 'wrong <one>' })
    const page = await refused.text()
    assert.equal(refused.status, 401)
    assert.match(page, /パスワードが違います/)
    assert.ok(!page.includes('wrong'))
    assert.deepEqual(Object.fromEntries(hiddenIn(page)), form)
    assert.equal((await lastLine()).action, 'sign-in.confirmation-refused')
  }
  const limited = await desk.post('/settings', { ...form, confirm_password: demoPassword })
  const page = await limited.text()
  assert.equal(limited.status, 429)
  assert.equal(limited.headers.get('retry-after'), '840')
  assert.match(page, /試行の回数が多いため/)
  assert.deepEqual(Object.fromEntries(hiddenIn(page)), form)
  assert.deepEqual(await settled(), before)
  wait(15)
  assert.equal((await desk.post('/settings', { ...form, confirm_password: demoPassword })).status, 303)
})

test('lists keep every value, passwords of other forms are never written into the page', async () => {
  wait(20)
  const body = new URLSearchParams([
    ['functions', 'a:b'],
    ['functions', 'c:d'],
    ['new_password', 'secret'],
    ['confirm_passkey', 'secret'],
    ['text', 'x'],
  ])
  const asked = await desk.send('POST', '/settings?from=here', body, sameOrigin)
  const page = await asked.text()
  assert.match(page, /action="\/settings\?from=here"/)
  assert.deepEqual(hiddenIn(page), [
    ['functions', 'a:b'],
    ['functions', 'c:d'],
    ['text', 'x'],
  ])
  assert.ok(!page.includes('secret'))
})

test('who may not do it is told so before being asked who they are', async () => {
  const auditor = await site.as('auditor')
  wait(20)
  assert.equal((await auditor.post('/settings', settings)).status, 403)
  assert.equal((await auditor.get('/roster/import')).status, 403)
})

test('a page is asked for again after the proof; the page of the proof leads only within the site', async () => {
  assert.equal((await desk.get('/sign-in/confirm?next=/trail')).headers.get('location'), '/trail')
  wait(20)
  const away = await desk.get('/roster/import')
  assert.equal(away.headers.get('location'), '/sign-in/confirm?next=%2Froster%2Fimport')
  const asked = await desk.get(away.headers.get('location')!)
  const page = await asked.text()
  assert.equal(asked.status, 401)
  assert.deepEqual(hiddenIn(page), [['next', '/roster/import']])
  assert.match(await (await desk.get('/sign-in/confirm?next=//evil.example')).text(), /value="\/home"/)

  const refused = await desk.post('/sign-in/confirm', { next: '/roster/import', confirm_password: 'wrong' })
  assert.deepEqual([refused.status, hiddenIn(await refused.text())], [401, [['next', '/roster/import']]])
  const done = await desk.post('/sign-in/confirm', { next: '/roster/import', confirm_password: demoPassword })
  assert.equal(done.headers.get('location'), '/roster/import')
  assert.equal((await desk.get('/roster/import')).status, 200)
  wait(20)
  const evil = await desk.post('/sign-in/confirm', { next: '//evil.example', confirm_password: demoPassword })
  assert.equal(evil.headers.get('location'), '/home')
  assert.equal((await site.nobody.get('/sign-in/confirm')).status, 303)
})

test('a file is asked for again, and then goes through with the password', async () => {
  wait(20)
  const roster = new File(['no roster'], '名簿 "1".csv', { type: 'text/csv' })
  const upload = (fields: Record<string, string> = {}) => {
    const form = new FormData()
    form.set('note', '続き')
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('roster', roster)
    return desk.send('POST', '/roster/import', form, sameOrigin)
  }
  const page = await (await upload()).text()
  assert.match(page, /encType="multipart\/form-data"|enctype="multipart\/form-data"/)
  assert.match(page, /ファイル「名簿 &quot;1&quot;.csv」をもう一度選ぶ/)
  assert.match(page, /<input type="file"[^>]*name="roster"/)
  assert.match(page, /ファイルだけは引き継げません/)
  assert.deepEqual(hiddenIn(page), [['note', '続き']])
  // It arrives whole: it is read as a roster, and refused as none.
  const read = await upload({ confirm_password: demoPassword })
  assert.equal(read.status, 422)
  assert.doesNotMatch(await read.text(), /ファイルを選んでください/)
})

test('S3-4(11) the acts that reach everyone ask: a publication, a closing, opening again', async () => {
  const { id: opened_by } = await site.accountOf('secretariat')
  const drill = { title_ja: '訓練', title_en: 'Drill', text_ja: '', text_en: '', reason: '訓練' }
  const { id } = await site.db
    .insertInto('situation')
    .values({ ...drill, mode: 'exercise', hazard: 'earthquake', event_at: now, opened_by, opened_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  wait(20)
  for (const act of ['publication/check', 'publications', 'close', 'reopening/agreement']) {
    const asked = await desk.post(`/situations/${id}/${act}`, { text_ja: '状況を報告してください' })
    assert.equal(asked.status, 401, act)
    assert.deepEqual(hiddenIn(await asked.text()), [['text_ja', '状況を報告してください']])
  }
  assert.equal((await desk.get(`/situations/${id}/publication`)).status, 200)
  const form = { text_ja: '公表する文', idempotency_key: crypto.randomUUID() }
  const check = await desk.post(`/situations/${id}/publication/check`, { ...form, confirm_password: demoPassword })
  assert.equal(check.status, 200)
  assert.match(await check.text(), /公表する文/)
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closed_by: opened_by, closing_reason: '終了' })
    .where('id', '=', id)
    .execute()
})

test('who has no password signs in again in another tab, and then goes on with what was typed', async () => {
  const { id, email } = await site.accountOf('secretariat')
  await site.db.updateTable('credential').set({ provider_id: 'sso' }).where('person_id', '=', id).execute()
  wait(20)
  const form = { ...settings, idle_minutes: '35', reason: '試験' }
  const page = await (await desk.post('/settings', form)).text()
  assert.match(page, /<a href="\/sign-in\?again=yes" target="_blank" rel="noopener">/)
  assert.doesNotMatch(page, /confirm_password/)
  assert.deepEqual(Object.fromEntries(hiddenIn(page)), form)
  assert.equal((await desk.post('/settings', { ...form, confirm_password: demoPassword })).status, 401)
  assert.match(await (await desk.get('/sign-in/confirm?next=/settings')).text(), /again=yes&amp;next=%2Fsettings/)
  assert.equal((await desk.get('/sign-in?again=yes')).status, 200)

  await site.db.updateTable('credential').set({ provider_id: 'credential' }).where('person_id', '=', id).execute()
  const fresh = await site.signIn(email)
  assert.equal((await fresh.post('/settings', Object.fromEntries(hiddenIn(page)))).status, 303)
})
