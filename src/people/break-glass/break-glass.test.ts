import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { keepWorking } from '#tests/kit/invitations.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let approver: TestSite['nobody']
let desk: TestSite['nobody']
let now = Date.now()
const pass = async (ms: number) => {
  now += ms
  await keepWorking(site, now)
  return now
}
const hour = 3_600_000
const day = 24 * hour
const email = 'desk@assoc.example'
/** The codes of the newest set, from the page that showed them. */
let codes: string[] = []

before(async () => {
  site = await testSite({ clock: () => new Date(now) })
  approver = await site.as('secretariat_approver')
  desk = await site.signIn(email)
})
after(() => site.close())
afterEach(async () => {
  assert.deepEqual(site.reported.splice(0), [])
  // No test finds the wrong codes of the one before.
  await pass(hour)
})

const textOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
async function seal(): Promise<string> {
  const answer = await approver.post('/break-glass/sets', { idempotency_key: randomUUID() })
  const html = await answer.text()
  assert.equal(answer.status, 200, textOf(html))
  codes = html.match(/[A-Z]{4}(-[A-Z]{4}){3}/g) ?? []
  return html
}
const form = (code: string, changes = {}) => ({ email, code, reason: '認証アプリの端末が停電で使えない', ...changes })
const spend = (code: string, changes = {}) => site.nobody.post('/sign-in/break-glass', form(code, changes))
const next = () => codes.shift()!
const wrong = 'ACDE-FHJK-LMNP-QRTU'
const lettersSince = async (at: number) =>
  site.db
    .selectFrom('letter')
    .selectAll()
    .where('purpose', '=', 'break-glass')
    .where('queued_at', '>=', new Date(at))
    .execute()
const sessionsOf = (method: 'break_glass') =>
  site.db.selectFrom('session').selectAll().where('method', '=', method).execute()
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

test('an approver seals ten codes, printed once on a page that says what they are; only hashes are kept', async () => {
  const html = await seal()
  assert.equal(new Set(codes).size, 10)
  for (const part of [
    '非常用コード 第1組',
    '1 / 1ページ',
    'コード10個',
    '使い方',
    'http://localhost/sign-in/break-glass',
  ])
    assert.ok(textOf(html).includes(part), part)
  const kept = await site.db.selectFrom('break_glass_code').selectAll().execute()
  assert.equal(kept.length, 10)
  for (const code of codes)
    assert.ok(!JSON.stringify([kept, await site.trail(), await lettersSince(0)]).includes(code.slice(0, 9)))
  assert.equal((await site.trail()).at(-1)?.action, 'break-glass.sealed')
  assert.ok(!textOf(await (await approver.get('/break-glass')).text()).includes(codes[0]!))
})

test('sending the seal twice makes one set, and shows the codes once', async () => {
  const key = { idempotency_key: randomUUID() }
  const [first, again] = [await approver.post('/break-glass/sets', key), await approver.post('/break-glass/sets', key)]
  assert.deepEqual([first!.status, again!.status], [200, 409])
  assert.doesNotMatch(await again!.text(), /[A-Z]{4}(-[A-Z]{4}){3}/)
  const both = await Promise.all(
    [1, 2].map(() => approver.post('/break-glass/sets', { idempotency_key: randomUUID() })),
  )
  assert.ok(both.some(({ status }) => status === 200))
  const valid = await site.db.selectFrom('break_glass_set').select('id').where('voided_at', 'is', null).execute()
  assert.equal(valid.length, 1)
})

test('S3-4(11) a code opens one session of four hours, and everyone of the desk and the auditors hear of it at once', async () => {
  await seal()
  const code = next()
  const began = await pass(1000)
  const answer = await spend(code)
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/home'])
  const [session] = await sessionsOf('break_glass')
  assert.equal(session!.expires_at.getTime() - now, 4 * hour)
  assert.match(answer.headers.getSetCookie().join(), /Max-Age=14400/)
  assert.equal((await site.client(cookieOf(answer)).get('/command-centre/new')).status, 200)

  const line = (await site.trail()).at(-1)
  assert.deepEqual([line?.action, line?.mode, line?.details.number], ['break-glass.used', 'actual', 1])
  const letters = await lettersSince(began)
  assert.deepEqual(letters.map(({ address }) => address).sort(), [
    'approver@assoc.example',
    'audit@assoc.example',
    'desk-deputy@assoc.example',
    'desk@assoc.example',
  ])
  for (const part of ['【緊急】', '1番', '停電', 'A break-glass code was used'])
    assert.ok(
      letters.every(({ subject, body }) => (subject + body).includes(part)),
      part,
    )

  assert.match(await (await approver.get('/trail')).text(), /data-look="severe"[\s\S]*?非常用コードを使用/)
  for (const person of [approver, desk, await site.as('auditor')])
    assert.match(textOf(await (await person.get('/home')).text()), /非常用コードが使われました/)
  assert.doesNotMatch(textOf(await (await (await site.as('bcp_contact')).get('/home')).text()), /非常用コードが/)
  await pass(7 * day)
  assert.doesNotMatch(textOf(await (await desk.get('/home')).text()), /非常用コードが使われました/)
})

test('a code works once: a second time, and twice at once', async () => {
  await seal()
  const code = next()
  assert.equal((await spend(code)).status, 303)
  assert.equal((await spend(code)).status, 422)
  const other = next()
  const answers = await Promise.all([spend(other), spend(other), spend(other)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422, 422])
})

test('an older set is void when a new one is sealed', async () => {
  await seal()
  const [old] = codes
  await seal()
  assert.equal((await spend(old!)).status, 422)
  assert.equal((await spend(codes[0]!)).status, 303)
})

test('who is not of the desk, who left, and who is unknown are refused like a wrong code', async () => {
  await seal()
  const plain = async (answer: Response) =>
    `${answer.status} ${(await answer.text()).replace(/data-now="[^"]*"|value="[^"]*"/g, '')}`
  const auditor = await site.accountOf('auditor')
  const seen = new Set([
    await plain(await spend(codes[0]!, { email: auditor.email })),
    await plain(await spend(codes[0]!, { email: 'nobody@assoc.example' })),
    await plain(await spend(wrong)),
  ])
  assert.equal(seen.size, 1)
  await site.db
    .updateTable('person')
    .set({ left_at: new Date(now), left_reason: '退職' })
    .where('email', '=', 'desk-deputy@assoc.example')
    .execute()
  assert.equal((await spend(codes[0]!, { email: 'desk-deputy@assoc.example' })).status, 422)
  assert.equal((await spend(codes[0]!)).status, 303, 'none of them spent the code')
})

test('after five wrong codes in an hour, from anywhere, even the right one waits, and the page says until when', async () => {
  await seal()
  for (let n = 0; n < 5; n++) {
    assert.equal((await spend(wrong, { email: `someone${n}@x.example` })).status, 422)
    await pass(60_000)
  }
  assert.equal((await site.trail()).at(-1)?.action, 'break-glass.refused')
  const answer = await spend(codes[0]!)
  assert.equal(answer.status, 422)
  const until = new Date(now + 55 * 60_000).toISOString().slice(0, 19)
  assert.ok((await answer.text()).includes(until))
  await pass(55 * 60_000)
  assert.equal((await spend(codes[0]!)).status, 303)
})

test('of eight wrong codes at once five are tried', async () => {
  await seal()
  const before = (await site.trail()).length
  await Promise.all(Array.from({ length: 8 }, () => spend(wrong)))
  assert.equal((await site.trail()).length - before, 5)
})

test('a drill proves that a code works and spends it, and opens nothing', async () => {
  await seal()
  const began = await pass(1000)
  const before = (await sessionsOf('break_glass')).length
  const answer = await spend(codes[0]!, { is_drill: 'yes' })
  assert.deepEqual([answer.status, answer.headers.getSetCookie()], [200, []])
  assert.match(textOf(await answer.text()), /訓練：このコードは使えます[\s\S]*残りは9個/)
  assert.equal((await sessionsOf('break_glass')).length, before)
  const line = (await site.trail()).at(-1)
  assert.deepEqual([line?.action, line?.mode], ['break-glass.used', 'exercise'])
  assert.ok((await lettersSince(began)).every(({ subject }) => subject.startsWith('【訓練】')))
  const page = await (await approver.get('/trail')).text()
  assert.match(textOf(page), /【訓練】非常用コードを使用/)
  assert.equal((await spend(codes[0]!)).status, 422, 'it is spent')
  assert.doesNotMatch(textOf(await (await approver.get('/home')).text()), /訓練のため/)
})

test('the register says which numbers were used, by whom and why, how many are left, and what is due', async () => {
  await pass(400 * day)
  await seal()
  const register = () => site.read(approver, '/break-glass')
  assert.match(await register(), /この1年間、訓練で確かめていません/)
  await spend(next(), { is_drill: 'yes', reason: '年次訓練' })
  assert.doesNotMatch(await register(), /訓練で確かめていません/)
  assert.doesNotMatch(await register(), /個未満です/)
  const { id } = await site.accountOf('secretariat')
  await site.db
    .updateTable('break_glass_code')
    .set({ used_at: new Date(now), used_by: id, used_mode: 'actual', reason: '停電' })
    .where(({ between }) => between('number', 2, 8))
    .where('used_at', 'is', null)
    .execute()
  const told = await register()
  assert.match(told, /残りが3個未満です/)
  assert.match(told, /残り 2 \/ 10個/)
  assert.match(told, /年次訓練/)
  assert.match(told, new RegExp((await site.accountOf('secretariat')).name_ja))
  const auditor = await (await site.as('auditor')).get('/break-glass')
  assert.doesNotMatch(await auditor.text(), /break-glass\/sets/)
})

test('without a reason nothing is tried, and the code does not come back with the page', async () => {
  await seal()
  const answer = await spend(codes[0]!, { reason: ' ' })
  const html = await answer.text()
  assert.equal(answer.status, 422)
  assert.match(textOf(html), /理由を500文字以内で入力してください/)
  assert.ok(!html.includes(codes[0]!))
  assert.equal((await spend(codes[0]!)).status, 303)
})

test('a secretary who is no approver seals nothing, in the page and in the database', async () => {
  assert.equal((await desk.post('/break-glass/sets', { idempotency_key: randomUUID() })).status, 403)
  const { id, institution_id, name_ja } = await site.accountOf('secretariat')
  const db = site.tools.dbOf({ id, institution_id, name_ja, name_en: null, roles: ['secretariat'] }, false)
  await assert.rejects(
    db
      .insertInto('break_glass_set')
      .values({ sealed_by: id, sealed_at: new Date(), idempotency_key: randomUUID() })
      .execute(),
    /row-level security/,
  )
  const changed = await db
    .updateTable('break_glass_code')
    .set({ used_at: null, used_by: null, used_mode: null, reason: null })
    .executeTakeFirst()
  assert.equal(Number(changed.numUpdatedRows), 0)
})
