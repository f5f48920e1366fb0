import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Hono } from 'hono'
import { NotAllowed, NotFound, type Person } from '#access/index.ts'
import { sessionJustBegun } from '#app/test-app.tsx'
import type { AppEnv } from '#app/tools.ts'
import { type TestDatabase, testDatabase } from '#db/test-database.ts'
import type { Language } from '#html/language.ts'
import { openTransport } from '#mail/index.ts'
import { refusal, testSmtp } from '#mail/testing.ts'
import { askRound } from './ask-round.ts'
import { deliverDue } from './deliver.ts'
import { latestRound } from './queries.ts'
import { roundRoutes } from './routes.tsx'
import { openTestSituation, start, testForm, testMarket, testTools } from './testing.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
const auditor = () => ({ ...market.desk, roles: ['auditor'] as const })
const observer = () => ({ ...market.desk, roles: ['authority'] as const })
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 3)
})
after(() => store.close())

function as(reader: Person, language: Language = 'ja') {
  const { tools } = testTools(store.db)
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('tools', tools)
    c.set('reader', reader)
    c.set('session', sessionJustBegun(tools.clock()))
    c.set('language', language)
    c.set('open', [])
    await next()
  })
  app.route('/', roundRoutes)
  app.onError((error, c) => {
    if (error instanceof NotAllowed) return c.text('not allowed', 403)
    if (error instanceof NotFound) return c.text('not found', 404)
    throw error
  })
  return {
    get: async (path: string) => (await app.request(path)).text(),
    answer: async (path: string) => (await app.request(path)).status,
    post: (path: string, fields: Record<string, string>) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

const field = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const good = () => ({
  text_ja: '状況を\r\n報告してください <b>',
  text_en: 'Please report',
  answer_by: '2027-01-15T10:00',
  idempotency_key: crypto.randomUUID(),
})
const deliveriesIn = (situation_id: string) =>
  store.db
    .selectFrom('delivery')
    .innerJoin('round', 'round.id', 'delivery.round_id')
    .where('situation_id', '=', situation_id)
    .select('delivery.id')
    .execute()

test('S0-21 the secretariat fills in, checks the answers, and sends with one press', async () => {
  const desk = as(market.desk)
  const { id } = await openTestSituation(store.db, market.desk, 'exercise')
  const form = await desk.get(`/situations/${id}/ask`)
  assert.match(form, /value="2027-01-15T10:00"/, 'the deadline is proposed an hour from now')
  const key = field(form, 'idempotency_key')

  const check = await desk.post(`/situations/${id}/ask`, { ...good(), idempotency_key: key })
  const page = await check.text()
  assert.equal(check.status, 200)
  assert.match(page, /全4機関のBCP担当者8人/)
  assert.match(page, /【訓練】状況報告のお願い/)
  assert.match(page, /訓練として8人に依頼を送る/)
  assert.match(page, /報告してください &lt;b&gt;/)
  assert.match(page, new RegExp(`https://bcp.market.example/situations/${id}/report`))
  assert.equal((await deliveriesIn(id)).length, 0, 'looking sends nothing')

  const fields = Object.fromEntries(
    ['answer_by', 'text_ja', 'text_en', 'idempotency_key'].map((name) => [name, field(page, name)]),
  )
  const sent = await desk.post(`/situations/${id}/rounds`, fields)
  assert.equal(sent.status, 303)
  assert.match(sent.headers.get('location') ?? '', /^\/rounds\/[0-9a-f-]{36}$/)
  const again = await desk.post(`/situations/${id}/rounds`, fields)
  assert.equal(again.headers.get('location'), sent.headers.get('location'))
  assert.equal((await deliveriesIn(id)).length, 8)
})

test('S0-28 drill and real never share a confirmation', async () => {
  const desk = as(market.desk)
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  const page = await (await desk.post(`/situations/${id}/ask`, good())).text()
  assert.match(page, /実災害としての依頼です/)
  assert.match(page, /<button[^>]*data-danger[^>]*>8人に状況報告の依頼を送る/)
  assert.doesNotMatch(page, /訓練/)
})

test('S0-27 what is wrong is said at each field, and the words already written stay', async () => {
  const desk = as(market.desk)
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  for (const path of ['ask', 'rounds']) {
    const answer = await desk.post(`/situations/${id}/${path}`, {
      ...good(),
      answer_by: '2027-01-15T08:00',
      text_en: ' ',
    })
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, /<a href="#answer_by">回答期限が過ぎています/)
    assert.match(page, /<a href="#text_en">/)
    assert.match(page, /報告してください &lt;b&gt;<\/textarea>/)
  }
  const forged = await desk.post(`/situations/${id}/rounds`, { ...good(), idempotency_key: 'x' })
  assert.equal(forged.status, 422)
  assert.match(field(await forged.text(), 'idempotency_key'), /^[0-9a-f-]{36}$/)
})

test('S0-27 going back from the check keeps every word', async () => {
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  const answer = await as(market.desk).post(`/situations/${id}/ask`, { ...good(), change: 'yes' })
  const page = await answer.text()
  assert.equal(answer.status, 200)
  assert.match(page, /value="2027-01-15T10:00"/)
  assert.match(page, /報告してください &lt;b&gt;<\/textarea>/)
})

test('S0-20 an institution without a contact is named before anything is sent', async () => {
  const { id: institution_id } = await store.db
    .insertInto('institution')
    .values({
      code: 'NOBODY',
      kind: 'special_member',
      name_ja: '無人架空銀行',
      name_en: 'Nobody',
      active_from: '2020-01-01',
      active_to: '2027-01-15',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  const page = await (await as(market.desk).post(`/situations/${id}/ask`, good())).text()
  assert.match(page, /担当者が登録されていない1機関にはメールが届きません/)
  assert.match(page, /無人架空銀行/)
  await store.db.updateTable('institution').set({ active_to: '2027-01-14' }).where('id', '=', institution_id).execute()
})

test('S0-16 the page of a round shows who has not reported, the infrastructure first, and counts those who have', async () => {
  const { db } = store
  const { tools } = testTools(db)
  const { id: situation_id } = await openTestSituation(db, market.desk, 'exercise')
  assert.equal(await latestRound(db, situation_id), null)
  const [exchange, firm] = market.members
  const report = (institution_id: string, reported_at: Date, situation: string | null) =>
    db
      .insertInto('report')
      .values({
        institution_id,
        situation_id: situation,
        mode: 'exercise',
        supersedes: null,
        order_trading: 'normal',
        clearing: null,
        settlement: null,
        custody: null,
        market_data: null,
        funds: null,
        damage_building: 'none',
        damage_systems: 'none',
        damage_staff: 'none',
        damage_external: 'none',
        bcp: 'not_activated',
        command_centre: 'not_set_up',
        text: '',
        next_update_at: new Date(start.getTime() + 3600_000),
        reported_by: market.firm.id,
        reported_at,
        idempotency_key: crypto.randomUUID(),
      })
      .execute()
  // A report in no situation, and one from before the round, are no answer to it.
  await report(exchange?.id ?? '', new Date(start.getTime() - 60_000), situation_id)
  const asked = await askRound(tools, market.desk, testForm(situation_id))
  if ('failed' in asked) assert.fail(asked.failed)
  await report(firm?.id ?? '', new Date(start.getTime() + 60_000), situation_id)
  await report(exchange?.id ?? '', new Date(start.getTime() + 60_000), null)

  const progress = await latestRound(db, situation_id)
  assert.deepEqual([progress?.id, progress?.answered, progress?.asked], [asked.id, 1, 4])
  assert.deepEqual(progress?.infrastructure, { answered: 0, asked: 2 })
  assert.deepEqual(
    progress?.missing.map(({ is_infrastructure }) => is_infrastructure),
    [true, true, false],
  )
  assert.ok(!progress?.missing.some(({ id }) => id === firm?.id))

  const page = await as(observer()).get(`/rounds/${asked.id}`)
  assert.match(page, /4機関のうち1機関が報告しました/)
  assert.match(page, /まだ報告していない機関（3）/)
  assert.match(page, new RegExp(`data-live="/situations/${situation_id}"`))
  assert.match(page, /data-mode="exercise"/)
  assert.match(page, /href="tel:\+81300000001">03-0000-0001</)
  assert.doesNotMatch(page, /@firm\.example/, 'single mails are not for an observer')
  const english = await as(observer(), 'en').get(`/rounds/${asked.id}`)
  assert.match(english, /1 of 4 institutions have reported/)
})

test('S0-21 those who may see deliveries read what the mail server said to each', async () => {
  const { tools } = testTools(store.db)
  const { id: situation_id } = await openTestSituation(store.db, market.desk, 'actual')
  const asked = await askRound(tools, market.desk, testForm(situation_id))
  if ('failed' in asked) assert.fail(asked.failed)
  const server = await testSmtp({
    rcpt: (address) => {
      if (address.startsWith('firm-2.')) throw refusal(550, 'no such <mailbox>')
    },
  })
  const transport = openTransport({ smtp_url: server.url, mail_from: 'noroshi@market.example' })
  await deliverDue(tools, transport)
  transport.close()
  await server.close()
  const page = await as(auditor()).get(`/rounds/${asked.id}?page=99`)
  assert.match(page, /550 no such &lt;mailbox&gt;/)
  assert.match(page, /firm-0\.1@firm\.example/)
  assert.match(page, /1通も届いていません/)
})

test('S0-30 a contact of an institution neither asks nor sees who is missing', async () => {
  const firm = as(market.firm)
  const { tools } = testTools(store.db)
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  const asked = await askRound(tools, market.desk, testForm(id))
  if ('failed' in asked) assert.fail(asked.failed)
  assert.equal(await firm.answer(`/situations/${id}/ask`), 403)
  assert.equal(await firm.answer(`/rounds/${asked.id}`), 403)
  for (const path of ['ask', 'rounds']) assert.equal((await firm.post(`/situations/${id}/${path}`, good())).status, 403)
  assert.equal(await as(market.desk).answer(`/rounds/${crypto.randomUUID()}`), 404)
  assert.equal(await as(market.desk).answer(`/situations/${crypto.randomUUID()}/ask`), 404)
})

test('S0-21 a situation that closed in between says so, and nothing is sent', async () => {
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  await store.db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', id)
    .execute()
  const answer = await as(market.desk).post(`/situations/${id}/rounds`, good())
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /この事案は終結しています。依頼は送られませんでした。/)
  assert.equal((await deliveriesIn(id)).length, 0)
})
