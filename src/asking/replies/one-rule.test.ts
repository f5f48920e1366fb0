import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { careForRounds } from '#asking/rounds/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import {
  answersOfReceipt,
  openDrill,
  receiptOf,
  recipientsOf,
  repliesOf,
  sendDue,
  sendTest,
} from '#tests/kit/replies.ts'
import { reportForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { takeMailReply } from './take-mail-reply.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
let desk: TestSite['nobody']
let colleague: TestSite['nobody']
let firm: { id: string; code: string }
let reporter: { id: string; email: string }
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  reporter = await site.accountOf('bcp_contact')
  colleague = await site.signIn(reporter.email)
  firm = await site.db
    .selectFrom('institution')
    .where('id', '=', (await site.accountOf('bcp_contact')).institution_id)
    .select(['id', 'code'])
    .executeTakeFirstOrThrow()
})
after(() => site.close())

/** The firm is asked to report, in a situation of its own. */
async function ask(repeat_minutes: number | null = null, code = firm.code) {
  pass(1)
  const situation_id = await openDrill(site, now)
  const { id } = await sendTest(site, [code], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id, repeat_minutes },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  return { situation_id, id, people: await recipientsOf(site, id, code) }
}
/** And once more by the round. */
async function askAgain(situation_id: string, code = firm.code) {
  await careForRounds(site.tools)
  const [last] = await site.db
    .selectFrom('notice')
    .where('situation_id', '=', situation_id)
    .orderBy('number', 'desc')
    .selectAll()
    .execute()
  return recipientsOf(site, last!.id, code)
}
type Someone = Awaited<ReturnType<typeof recipientsOf>>[number]
const press = async ({ token }: Someone, form: Record<string, string>) => {
  const answer = await site.nobody.post(`/a/${token}`, form)
  return answer.headers.get('location')?.split('told=')[1] ?? String(answer.status)
}
const pageOf = async ({ token }: Someone, told = '') =>
  (await site.nobody.get(`/a/${token}${told && `?told=${told}`}`)).text()
const mail = (someone: Someone, text: string) =>
  takeMailReply(
    site.tools,
    { from: someone.mail, to: `reply+${someone.token}@market.example` },
    Buffer.from(
      `From: ${someone.mail}\r\nMessage-ID: <${crypto.randomUUID()}@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
    ),
  )
const boardOf = async (situation_id: string) =>
  (
    await Promise.all(
      ['infrastructure', 'participants'].map(async (view) =>
        (await desk.get(`/situations/${situation_id}/board?view=${view}`)).text(),
      ),
    )
  ).join('')
const lastReply = async () => (await repliesOf(site)).toSorted((a, b) => +a.received_at - +b.received_at).at(-1)!
const stands = (situation_id: string) =>
  site.db.selectFrom('report_now').where('situation_id', '=', situation_id).selectAll().executeTakeFirst()
const stopped = (change = {}) =>
  reportForm({ order_trading: 'stopped', damage_building: 'severe', bcp: 'activated', ...change })
const fileStopped = async (situation_id: string) => {
  const { status } = await colleague.post(`/situations/${situation_id}/report`, stopped())
  assert.equal(status, 303)
}

test('an older "all is normal" replaces no newer "stopped", whichever way it comes: it is kept, shown and told', async () => {
  const { situation_id, people } = await ask(5)
  const [first] = people
  await mail(first!, '異常なし')
  const early = await lastReply()
  pass(5)
  const [again, deputy] = await askAgain(situation_id)
  const call = await desk.get(`/calls/${first!.receipt_id}`)
  assert.equal(call.headers.get('location'), `/calls/${again!.receipt_id}`)
  pass(1)
  await fileStopped(situation_id)
  const filed = (await stands(situation_id))!
  pass(1)

  assert.equal(await press(first!, { all_normal: 'yes' }), 'late')
  assert.equal(await press(first!, { all_normal: 'yes' }), 'late')
  const page = await pageOf(first!, 'late')
  assert.match(page, /今押した内容は、受け付けていません/)
  assert.match(page, /約定（注文・売買） 停止/)
  assert.doesNotMatch(page, /name="all_normal"/)
  assert.equal(await press(again!, { all_normal: 'yes' }), 'late')
  await mail(first!, '1')
  assert.equal((await lastReply()).finding, 'late')
  await mail(deputy!, '1')
  assert.equal((await lastReply()).finding, 'late')
  const settle = (id: string, form: Record<string, string>) => desk.post(`/replies/${id}/settlement`, form)
  const settled = await settle(early.id, { as: 'normal', upon: filed.id })
  assert.equal(settled.headers.get('location'), '/replies?told=newer')
  for (const { receipt_id } of [first!, again!]) {
    const key = crypto.randomUUID()
    const told = await desk.post(`/calls/${receipt_id}/answer`, { as: 'normal', idempotency_key: key })
    assert.match(told.headers.get('location') ?? '', /told=(over|answered)$/)
  }
  assert.equal((await stands(situation_id))?.id, filed.id, 'what the colleague said still stands')

  const replies = await (await desk.get('/replies')).text()
  assert.match(replies, /有効な回答と異なる/)
  assert.match(replies, /「すべて正常」を押した/)
  assert.match(replies, /いま有効な回答/)
  const kept = (await repliesOf(site)).filter(({ finding, channel }) => finding === 'late' && channel === 'link')
  assert.equal(kept.length, 2, 'a press is kept once for each link')
  const letters = await site.db.selectFrom('letter').where('purpose', '=', 'answer-conflict').selectAll().execute()
  assert.ok(letters.some(({ address, body }) => address === reporter.email && body.includes('約定（注文・売買） 停止')))

  // The desk decides, having seen what stands; what came later than the report may replace it.
  const [late] = kept
  assert.equal((await settle(late!.id, { as: 'normal', upon: '' })).headers.get('location'), '/replies?told=changed')
  assert.equal((await settle(late!.id, { as: 'normal', upon: filed.id })).headers.get('location'), '/replies?told=done')
  const now_stands = (await stands(situation_id))!
  assert.deepEqual([now_stands.order_trading, now_stands.is_on_behalf, now_stands.via], ['normal', true, 'link'])
})

test('an asking that was asked again answers nothing by its link, and leads to the one that stands; a reply moves on', async () => {
  const { situation_id, people } = await ask(5)
  pass(5)
  const [again] = await askAgain(situation_id)
  assert.equal(await press(people[0]!, { all_normal: 'yes' }), 'replaced')
  assert.equal(await stands(situation_id), undefined)
  const page = await pageOf(people[0]!, 'replaced')
  assert.match(page, /今押した内容は、受け付けていません/)
  assert.ok(page.includes(`href="/a/${again!.token}"`))
  await mail(people[0]!, '1')
  assert.equal((await lastReply()).finding, 'taken')
  assert.equal((await receiptOf(site, again!.receipt_id)).closed_how, 'answered')
  assert.equal((await stands(situation_id))?.order_trading, 'normal')
})

test('bad news of a colleague stands at once where nothing but "all is normal" was said', async () => {
  const { situation_id, people } = await ask()
  await mail(people[0]!, '1')
  pass(1)
  await mail(people[1]!, '2 基幹システムが停止')
  assert.deepEqual([(await lastReply()).finding, (await stands(situation_id))?.text], ['taken', '基幹システムが停止'])
})

test('a reply that waited for a person holds from when it came, not from when it was settled', async () => {
  const { situation_id, people } = await ask()
  await mail(people[0]!, '本店が停電')
  const came = now
  pass(30)
  const reply = await lastReply()
  await desk.post(`/replies/${reply.id}/settlement`, { as: 'text', upon: '' })
  const report = (await stands(situation_id))!
  assert.deepEqual([report.reported_at, report.next_update_at], [came, new Date(came.getTime() + 60 * 60_000)])
  const [answer] = await answersOfReceipt(site, people[0]!.receipt_id)
  assert.deepEqual(answer?.answered_at, came)
  const [line] = (await site.trail()).filter(({ action }) => action === 'report.filed-for').slice(-1)
  assert.deepEqual(line?.at, now)
})

test('after a press the page says in words what was taken; for ten minutes it is taken back, and all stands as before', async () => {
  const { situation_id, people } = await ask()
  const [first, second] = people
  assert.equal(await press(first!, { all_normal: 'yes' }), 'taken')
  await sendDue(site)
  const page = await pageOf(first!, 'taken')
  assert.match(page, /回答を受け付けました/)
  assert.match(page, /すべて正常（業務は通常、被害なし、BCP未発動、対策本部なし）/)
  assert.match(page, /次回の報告/)
  assert.doesNotMatch(page, /name="all_normal"/)
  const take_back = /name="take_back" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''
  assert.doesNotMatch(await pageOf(second!), /name="take_back"/)
  assert.equal(await press(second!, { take_back }), '422', 'nobody else takes it back')
  pass(9)
  assert.equal(await press(first!, { take_back }), 'taken_back')
  assert.equal(await press(first!, { take_back }), 'taken_back')
  assert.equal(await stands(situation_id), undefined)
  assert.match(await pageOf(first!, 'taken_back'), /取り消しました.*name="all_normal"/s)
  const receipt = await receiptOf(site, first!.receipt_id)
  assert.deepEqual([receipt.closed_at, receipt.next_step_at !== null], [null, true])
  const [answer] = await answersOfReceipt(site, first!.receipt_id)
  assert.deepEqual([answer?.is_first, answer?.taken_back_at], [false, now])
  const board = await boardOf(situation_id)
  assert.doesNotMatch(board, /回答用リンク/)
  for (const taken_back of ['report.taken-back', 'answer.taken-back'])
    assert.equal((await site.trail()).filter(({ action }) => action === taken_back).length, 1, taken_back)
  pass(30)
  await takeSteps(site.tools, ['mail'])
  assert.ok(
    (await sendDue(site)).some(({ to }) => to?.[0]?.address === second!.mail),
    'it is chased on',
  )

  // What stood before stands again, by whom and when it was said then.
  assert.equal(await press(second!, { not_normal: 'yes', text: '停電' }), 'taken')
  const before = (await stands(situation_id))!
  pass(60)
  const { id } = await sendTest(site, [firm.code], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  const [, again] = await recipientsOf(site, id, firm.code)
  assert.equal(await press(again!, { all_normal: 'yes' }), 'taken')
  const mistake = /name="take_back" value="([0-9a-f-]{36})"/.exec(await pageOf(again!))?.[1] ?? ''
  assert.equal(await press(again!, { take_back: mistake }), 'taken_back')
  const restored = (await stands(situation_id))!
  assert.deepEqual(
    [restored.text, restored.reported_at, restored.recipient_id, restored.next_update_at],
    [before.text, before.reported_at, before.recipient_id, before.next_update_at],
  )
  const history = await (await desk.get(`/reports/${restored.id}`)).text()
  assert.match(history, /取り消しにより、前の報告に戻しました/)
  assert.match(history, /に取り消されました/)
})

test('what is taken back after a repeat that passed over its institution is open again: nobody asked it anew', async () => {
  const other = await site.db
    .selectFrom('institution')
    .where('kind', '=', 'securities_firm')
    .where('id', '!=', firm.id)
    .select('code')
    .limit(1)
    .executeTakeFirstOrThrow()
  pass(1)
  const situation_id = await openDrill(site, now)
  const { id } = await sendTest(site, [firm.code, other.code], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id, repeat_minutes: 5 },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  const [first] = await recipientsOf(site, id, firm.code)
  assert.equal(await press(first!, { all_normal: 'yes' }), 'taken')
  const take_back = /name="take_back" value="([0-9a-f-]{36})"/.exec(await pageOf(first!))?.[1] ?? ''
  pass(5)
  assert.equal((await askAgain(situation_id)).length, 0, 'it has just answered')
  assert.equal(await press(first!, { take_back }), 'taken_back')
  const receipt = await receiptOf(site, first!.receipt_id)
  assert.deepEqual([receipt.closed_at, receipt.next_step_at !== null], [null, true])
  assert.match(await pageOf(first!, 'taken_back'), /取り消しました.*name="all_normal"/s)
  pass(5)
  assert.notEqual((await askAgain(situation_id)).length, 0, 'and is asked by the next')
})

test('a press is not taken back after ten minutes, nor once something newer stands', async () => {
  const { situation_id, people } = await ask()
  await press(people[0]!, { all_normal: 'yes' })
  const take_back = /name="take_back" value="([0-9a-f-]{36})"/.exec(await pageOf(people[0]!))?.[1] ?? ''
  pass(1)
  const filed = await stands(situation_id)
  assert.equal(
    (await colleague.post(`/situations/${situation_id}/report`, stopped({ written_upon: filed!.id }))).status,
    303,
  )
  assert.equal(await press(people[0]!, { take_back }), 'newer')
  pass(10)
  assert.equal(await press(people[0]!, { take_back }), 'too_late')
  assert.equal((await stands(situation_id))?.order_trading, 'stopped')
})

test('behind the link, beside the alternative: all normal, not normal in a line, and a call, which the desk sees first', async () => {
  const { situation_id, people } = await ask()
  const [first] = people
  const page = await pageOf(first!)
  for (const name of ['all_normal', 'not_normal', 'call_me']) assert.ok(page.includes(`name="${name}"`), name)
  const empty = await site.nobody.post(`/a/${first!.token}`, { not_normal: 'yes', text: ' ' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /1行で書いてください/)
  assert.equal(await press(first!, { call_me: 'yes' }), 'called')
  assert.equal(await press(first!, { call_me: 'yes' }), 'called')
  assert.equal((await site.trail()).filter(({ action }) => action === 'call.wanted').length, 1)
  assert.equal((await receiptOf(site, first!.receipt_id)).closed_at, null, 'it is no answer')
  assert.match(await (await desk.get('/calls')).text(), /電話を希望/)

  assert.equal(await press(first!, { not_normal: 'yes', text: '売買システムが停止' }), 'taken')
  const report = (await stands(situation_id))!
  assert.deepEqual(
    [report.text, report.order_trading, report.damage_systems, report.bcp],
    ['売買システムが停止', 'unknown', 'unknown', 'unknown'],
  )
  assert.match(await pageOf(first!, 'taken'), /正常でない（詳しくは後で）/)
  const board = await boardOf(situation_id)
  assert.match(board, /正常でない（詳しくは後で）/)
  // They are rung although the answer is given.
  assert.ok((await (await desk.get('/calls')).text()).includes(first!.receipt_id))
  await desk.post(`/calls/${first!.receipt_id}/calls`, {
    ...{ outcome: 'reached', recipient_id: first!.id, note: '', idempotency_key: crypto.randomUUID() },
  })
  assert.ok(!(await (await desk.get('/calls')).text()).includes(first!.receipt_id))
})

test('a colleague’s remark beside "all is normal" is not lost to one press: it is shown, and a person decides', async () => {
  const { situation_id, people } = await ask(5)
  const said = reportForm({ text: '非常用電源で運転中。9時30分に停止する見込み' })
  assert.equal((await colleague.post(`/situations/${situation_id}/report`, said)).status, 303)
  const filed = (await stands(situation_id))!
  pass(1)
  const { id } = await sendTest(site, [firm.code], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  const [, deputy] = await recipientsOf(site, id, firm.code)
  assert.match(await pageOf(deputy!), /補足あり/)
  assert.equal(await press(deputy!, { all_normal: 'yes' }), 'late')
  assert.equal((await stands(situation_id))?.id, filed.id, 'the remark still stands')
  assert.equal((await receiptOf(site, deputy!.receipt_id)).closed_at, null)
  const kept = await lastReply()
  assert.equal(kept.finding, 'late')
  assert.match(await (await desk.get('/replies')).text(), /補足あり.*9時30分に停止する見込み/s)
  const unseen = await desk.post(`/replies/${kept.id}/settlement`, { as: 'normal', upon: '' })
  assert.equal(unseen.headers.get('location'), '/replies?told=changed')
  // What says just this to an asking that it has answered changes nothing.
  await mail(people[0]!, '1')
  assert.equal((await stands(situation_id))?.id, filed.id)
})

test('what is pressed or taken back after the closing is told that the situation is closed', async () => {
  const { situation_id, people } = await ask()
  assert.equal(await press(people[0]!, { all_normal: 'yes' }), 'taken')
  const take_back = /name="take_back" value="([0-9a-f-]{36})"/.exec(await pageOf(people[0]!))?.[1] ?? ''
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closing_reason: '終了' })
    .where('id', '=', situation_id)
    .execute()
  const late = await site.nobody.post(`/a/${people[0]!.token}`, { take_back })
  assert.equal(late.status, 410)
  const page = await late.text()
  assert.match(page, /この事案は終結しています/)
  assert.doesNotMatch(page, /期限は過ぎました/)
  assert.notEqual(await stands(situation_id), undefined)
})

test('who was taken off the contacts, or whose links were made void, no longer speaks for the firm; it is kept for the desk', async () => {
  const { situation_id, people } = await ask()
  const [first, second] = people
  const voided = await colleague.post(`/contacts/${first!.contact_id}/voided-links`)
  assert.match(voided.headers.get('location') ?? '', /done=voided/)
  assert.equal((await site.trail()).filter(({ action }) => action === 'contact.links-voided').length, 1)
  assert.match(await pageOf(first!), /この連絡先からは回答できません/)
  assert.doesNotMatch(await pageOf(first!), /name="all_normal"/)
  assert.equal(await press(first!, { all_normal: 'yes' }), 'removed')
  await mail(first!, '1')
  assert.equal((await lastReply()).finding, 'removed')
  assert.equal(await stands(situation_id), undefined)
  const back = (await sendDue(site)).find(({ to }) => to?.[0]?.address === first!.mail)
  assert.match(back?.text ?? '', /貴機関の連絡先として登録されていません/)

  assert.equal((await colleague.post(`/contacts/${second!.contact_id}/removal`)).status, 303)
  assert.equal(await press(second!, { all_normal: 'yes' }), 'removed')
  assert.equal(await stands(situation_id), undefined)
  assert.match(await (await desk.get('/replies')).text(), /登録から外れた連絡先・無効にしたリンク/)

  // What is sent from now on answers again.
  pass(1)
  const later = await ask()
  assert.equal(await press(later.people[0]!, { all_normal: 'yes' }), 'taken')
  assert.deepEqual(site.reported, [])
})
