import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fieldsOf } from '#simulate/index.ts'
import { answersOfReceipt, deskOf, receiptOf, recipientsOf, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { claim_minutes } from './claim-call.ts'
import { putOnCallList } from './put-on-list.ts'

let site: TestSite
let now = new Date('2027-01-15T01:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
let desk: TestSite['nobody']
let approver: TestSite['nobody']
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())

const key = () => crypto.randomUUID()
/** One receipt of each of these, on the call list. */
const listed = async (codes: string[], draft: Parameters<typeof sendTest>[2] = {}) => {
  const { id } = await sendTest(site, codes, draft)
  const people = await Promise.all(codes.map((code) => recipientsOf(site, id, code)))
  const receipts = people.map(([first]) => first!.receipt_id)
  await putOnCallList(site.tools, await deskOf(site), { receipt_ids: receipts, is_listed: true })
  return { id, people, receipts }
}
const calls = (receipt_id: string) =>
  site.db.selectFrom('call').where('receipt_id', '=', receipt_id).selectAll().orderBy('called_at').execute()

test('S0-22 the call list shows whom to ring by weight, in the order of the call tree, with numbers to touch', async () => {
  const { id, people } = await listed(['SEC-001', 'EXC-1'])
  const page = await (await desk.get(`/calls?notice=${id}`)).text()
  const [firm, exchange] = people
  assert.ok(page.indexOf(exchange![0]!.name_ja) < page.indexOf(firm![0]!.name_ja), 'the infrastructure first')
  for (const [first, second] of people)
    assert.ok(page.indexOf(first!.name_ja) < page.indexOf(second!.name_ja), 'in the order of the call tree')
  const number = firm![0]!.addresses.find(({ means }) => means === 'mobile' || means === 'phone')
  assert.ok(page.includes(`href="tel:${number?.address}"`))
  const sheet = await (await desk.get(`/calls/sheet?notice=${id}`)).text()
  assert.match(sheet, /結果（かけた人・時刻・回答）/)
  const one = await (await desk.get(`/calls/${firm![0]!.receipt_id}`)).text()
  assert.match(one, /今つながる時間帯|今は登録の時間外/)
  assert.match(one, /状況を確認してください。/)
})

test('whoever has to be rung for real stands before every drill, and a drill is named as one', async () => {
  await listed(['EXC-1'], { mode: 'exercise' })
  const { receipts } = await listed(['SEC-004'], { mode: 'actual' })
  for (const at of ['/calls', '/calls/sheet']) {
    const page = await (await desk.get(at)).text()
    const first_drill = page.indexOf('【訓練】')
    assert.ok(first_drill > 0)
    if (at === '/calls')
      assert.ok(page.indexOf(receipts[0]!) < first_drill, 'the firm before the exchange of the drill')
  }
})

test('of two callers at once one rings; the claim is seen by the other and ends by itself', async () => {
  const { id, receipts } = await listed(['SEC-002'])
  const [receipt = ''] = receipts
  const both = await Promise.all([desk, approver].map((caller) => caller.post(`/calls/${receipt}/claim`)))
  const refused = both.filter(({ headers }) => headers.get('location')?.includes('told=claimed'))
  assert.equal(refused.length, 1)
  const { claimed_by } = await site.db
    .selectFrom('call_claim')
    .where('receipt_id', '=', receipt)
    .selectAll()
    .executeTakeFirstOrThrow()
  const { name_ja } = await site.db
    .selectFrom('person')
    .where('id', '=', claimed_by)
    .selectAll()
    .executeTakeFirstOrThrow()
  const other = claimed_by === (await deskOf(site)).id ? approver : desk
  const page = await (await other.get(`/calls?notice=${id}`)).text()
  assert.ok(page.includes(`${name_ja}さんが電話中`))
  const lines = (await site.trailOf('/calls')).filter(({ details }) => details.receipt_id === receipt)
  assert.deepEqual(
    lines.filter(({ action }) => action === 'call.claimed').map(({ person_id }) => person_id),
    [claimed_by],
  )
  assert.doesNotMatch(page, new RegExp(`action="/calls/${receipt}/claim"`))
  pass(claim_minutes)
  assert.equal((await other.post(`/calls/${receipt}/claim`)).headers.get('location'), `/calls/${receipt}`)
})

test('what came of a call is recorded with one press, once, and lets go of the claim', async () => {
  const { people, receipts } = await listed(['SEC-003'])
  const [receipt = ''] = receipts
  await desk.post(`/calls/${receipt}/claim`)
  const press = {
    outcome: 'left_message',
    note: '折り返し待ち',
    recipient_id: people[0]![0]!.id,
    idempotency_key: key(),
  }
  await Promise.all([desk.post(`/calls/${receipt}/calls`, press), desk.post(`/calls/${receipt}/calls`, press)])
  const [call, ...more] = await calls(receipt)
  assert.deepEqual(
    [call?.outcome, call?.note, call?.recipient_id, more.length],
    ['left_message', '折り返し待ち', people[0]![0]!.id, 0],
  )
  assert.deepEqual(await site.db.selectFrom('call_claim').where('receipt_id', '=', receipt).selectAll().execute(), [])
  assert.equal((await receiptOf(site, receipt)).closed_at, null, 'ringing is not answering')
  const lines = (await site.trailOf('/calls')).filter(({ details }) => details.receipt_id === receipt)
  assert.deepEqual(
    lines.filter(({ action }) => action === 'call.recorded').map(({ details }) => details.outcome),
    ['left_message'],
  )
  assert.match(await (await desk.get('/calls')).text(), /伝言を残した/)
  const recorded = await (await desk.get(`/calls/${receipt}`)).text()
  assert.match(recorded, /直近の電話：<\/b> 伝言を残した/, 'seen at once')
  const other = await recipientsOf(site, people[0]![0]!.notice_id, 'SEC-003')
  assert.ok(other)
  for (const [wrong, code] of [
    [{ ...press, outcome: 'x' }, 422],
    [{ ...press, idempotency_key: 'x' }, 422],
    [{ ...press, note: 'あ'.repeat(501) }, 422],
    [{ ...press, recipient_id: key(), idempotency_key: key() }, 404],
  ] as const)
    assert.equal((await desk.post(`/calls/${receipt}/calls`, wrong)).status, code)
  assert.equal((await calls(receipt)).length, 1)
})

test('the secretariat answers for an institution what it said on the phone, marked so; its own answer stands', async () => {
  const { id, people, receipts } = await listed(['SEC-004', 'SEC-005'])
  const [receipt = '', answered = ''] = receipts
  const press = { as: 'acknowledged', text: '電話で確認', idempotency_key: key() }
  const pressed = await Promise.all([1, 2].map(() => desk.post(`/calls/${receipt}/answer`, press)))
  for (const { headers } of pressed)
    assert.equal(headers.get('location'), `/calls?answered=${receipt}`, 'pressing twice is no error')
  const [answer, ...more] = await answersOfReceipt(site, receipt)
  assert.deepEqual([answer?.is_on_behalf, answer?.via, answer?.given, more.length], [true, 'call', 'acknowledged', 0])
  assert.equal((await site.trail()).filter(({ action }) => action === 'notice.answered-for').length, 1)
  assert.doesNotMatch(await site.main(desk, `/calls?notice=${id}`), new RegExp(`/calls/${receipt}`))

  await site.nobody.post(`/a/${people[1]![0]!.token}`, { acknowledged: 'yes' })
  const late = await desk.post(`/calls/${answered}/answer`, { ...press, idempotency_key: key() })
  assert.match(late.headers.get('location') ?? '', /told=answered/)
  assert.equal((await answersOfReceipt(site, answered)).length, 1)
  assert.equal((await approver.post(`/calls/${receipt}/answer`, press)).status, 403)
})

test('a report told on the phone is a real one, on behalf: by one press, or with the whole form when not all is normal', async () => {
  const { id: opened_by } = await deskOf(site)
  const { id: situation_id } = await site.db
    .insertInto('situation')
    .values({
      ...{
        mode: 'exercise',
        hazard: 'earthquake',
        title_ja: '架空の地震',
        title_en: 'Fictional',
        text_ja: '',
        text_en: '',
      },
      ...{ event_at: now, update_minutes: 60, reason: 'test', opened_by, opened_at: now, closing_reason: null },
      ...{ proposal_id: null, criterion_id: null, criterion_version: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { receipts } = await listed(['SEC-006', 'SEC-008'], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  const [receipt = '', normal = ''] = receipts
  const page = await (await desk.get(`/calls/${receipt}`)).text()
  const [, path = ''] =
    /href="(\/rounds\/[^"]+\/report-for\/[^"]+)"[^>]*>正常でない機関の状況を、代わりに報告する/.exec(page) ?? []
  const form = { ...fieldsOf(await (await desk.get(path)).text(), path, 'bcp'), bcp: 'activated', text: '本店停電' }
  assert.equal((await desk.post(path, { ...form, command_centre: 'set_up' })).status, 303)
  const report = await site.db
    .selectFrom('report')
    .where('situation_id', '=', situation_id)
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.equal(
    (await desk.post(`/calls/${receipt}/answer`, { as: 'text', text: 'x', idempotency_key: key() })).status,
    422,
  )
  const { headers } = await desk.post(`/calls/${normal}/answer`, { as: 'normal', idempotency_key: key() })
  assert.match(await (await desk.get(headers.get('location') ?? '')).text(), /の回答を記録しました/)
  assert.equal((await receiptOf(site, normal)).closed_how, 'answered')
  assert.deepEqual(
    [report.via, report.is_on_behalf, report.text, report.bcp, report.reported_by],
    ['call', true, '本店停電', 'activated', opened_by],
  )
  assert.equal((await receiptOf(site, receipt)).closed_how, 'answered')
  const board = await (await desk.get(`/situations/${situation_id}/board?view=participants`)).text()
  assert.match(board, /電話（事務局が代わって記録）/)
})

test('who answers themselves while being rung has answered: the call is kept, its answer is not needed', async () => {
  const { people, receipts } = await listed(['SEC-009'])
  const [receipt = ''] = receipts
  await desk.post(`/calls/${receipt}/claim`)
  await site.nobody.post(`/a/${people[0]![0]!.token}`, { acknowledged: 'yes' })
  const call = { outcome: 'reached', note: 'SMSで回答済みとのこと', idempotency_key: key() }
  assert.equal((await desk.post(`/calls/${receipt}/calls`, call)).status, 303)
  assert.equal((await calls(receipt))[0]?.note, call.note)
  assert.equal((await receiptOf(site, receipt)).closed_how, 'answered')
  assert.equal((await answersOfReceipt(site, receipt)).length, 1)
  const page = await (await desk.get(`/calls/${receipt}`)).text()
  assert.match(page, /この機関は回答しました。電話する必要はありません。/)
  assert.match(page, /SMSで回答済みとのこと/)
  assert.doesNotMatch(page, /<form[^>]*action="\/calls\/[^"]*\/(claim|calls|answer|listing)"/)
  assert.match((await approver.post(`/calls/${receipt}/claim`)).headers.get('location') ?? '', /told=closed/)
})

test('an answer by link and one recorded by phone at the same moment: one closes the receipt, none is lost', async () => {
  const { people, receipts } = await listed(['SEC-010'])
  const [receipt = ''] = receipts
  await Promise.all([
    site.nobody.post(`/a/${people[0]![0]!.token}`, { acknowledged: 'yes' }),
    desk.post(`/calls/${receipt}/answer`, { as: 'acknowledged', idempotency_key: key() }),
  ])
  const answers = await answersOfReceipt(site, receipt)
  assert.equal(answers.filter(({ is_first }) => is_first).length, 1)
  assert.equal((await receiptOf(site, receipt)).closed_how, 'answered')
})

test('a note that is too long comes back with its words beside the person it was about', async () => {
  const { people, receipts } = await listed(['SEC-011'])
  const note = '長'.repeat(501)
  const sent = { outcome: 'reached', note, recipient_id: people[0]![0]!.id, idempotency_key: key() }
  const wrong = await desk.post(`/calls/${receipts[0]}/calls`, sent)
  assert.equal(wrong.status, 422)
  const page = await wrong.text()
  assert.match(page, /<a href="#note">メモは500文字以内で入力してください/)
  assert.match(page, /<input[^>]*id="note"/)
  assert.ok(page.includes(note))
})

test('what ended without an answer is not called answered', async () => {
  const { receipts } = await listed(['SEC-012'])
  await site.db
    .updateTable('receipt')
    .set({ closed_at: now, closed_how: 'ended', next_step_at: null })
    .where('id', '=', receipts[0] ?? '')
    .execute()
  const page = await (await desk.get(`/calls/${receipts[0]}`)).text()
  assert.match(page, /回答のないまま終了しました/)
  assert.doesNotMatch(page, /この機関は回答しました/)
})

test('an institution is put on the list and taken off with one press each', async () => {
  const { id } = await sendTest(site, ['SEC-007'])
  const [first] = await recipientsOf(site, id, 'SEC-007')
  const leads = `/calls?notice=${id}`
  assert.ok((await (await desk.get(`/notices/${id}`)).text()).includes(`href="${leads}"`), 'the notice leads there')
  const page = await (await desk.get(leads)).text()
  assert.match(page, /まだ回答していない、リストにない機関/)
  for (const is_listed of ['yes', 'no']) {
    const at = `/calls/${first!.receipt_id}/listing`
    const answer = await desk.post(at, { is_listed, notice: id })
    assert.equal(answer.headers.get('location'), `/calls?notice=${id}`)
    assert.equal((await receiptOf(site, first!.receipt_id)).call_since !== null, is_listed === 'yes')
  }
  assert.deepEqual(site.reported, [])
})
