import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readTally } from '#delivery/answers/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import { nobody } from '#telling/audience/index.ts'
import { deskOf, openDrill, sendDue, sendTest } from '#tests/kit/replies.ts'
import { askAsPeople } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
})
after(() => site.close())

const informed = ['CB', 'LFB-W', 'REG']
const receipts = (notice_id: string) =>
  site.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('receipt.notice_id', '=', notice_id)
    .select(['institution.code', 'receipt.id', 'receipt.closed_how', 'receipt.next_step_at', 'receipt.call_since'])
    .orderBy('institution.code')
    .execute()
const deliveriesTo = (notice_id: string, code: string) =>
  site.db
    .selectFrom('delivery')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .where('delivery.notice_id', '=', notice_id)
    .where('institution.code', '=', code)
    .select(['delivery.step', 'delivery.channel', 'delivery.address'])
    .execute()

test('S0-13 who is not asked gets a request to all for information: once, without a link to answer, and is in no count of those asked', async () => {
  const situation_id = await openDrill(site, now)
  const { notice_id, round_id } = await askAsPeople(site.tools, await deskOf(site), {
    situation_id,
    repeat_minutes: 60,
    answer_minutes: 30,
  })
  const all = await receipts(notice_id)
  assert.deepEqual(
    all.filter(({ closed_how }) => closed_how === 'informed').map(({ code }) => code),
    informed,
  )
  const mails = await sendDue(site)
  const [told, ...more] = mails.filter(({ to }) => to?.some(({ address }) => address === 'bcp@cb.example'))
  assert.equal(more.length, 0)
  assert.match(told?.subject ?? '', /【情報共有】/)
  assert.match(told?.text ?? '', /回答・報告は不要です/)
  assert.doesNotMatch(told?.text ?? '', /\/a\/|回答期限|「1」とだけ/)
  assert.match(told?.text ?? '', new RegExp(`/notices/${notice_id}`))
  const [asked] = mails.filter(({ to }) => to?.some(({ address }) => address === 'bcp@sokyu.example'))
  assert.match(asked?.text ?? '', /\/a\//)
  assert.doesNotMatch(`${asked?.subject}${asked?.text}`, /情報共有/)

  // Nobody of them is chased: neither up the ladder, nor by telephone, nor as one that has not reported.
  for (let minute = 0; minute < 50; minute++) {
    pass(1)
    while ((await takeSteps(site.tools, ['mail'])) > 0);
  }
  for (const code of informed) {
    const [receipt] = (await receipts(notice_id)).filter((one) => one.code === code)
    assert.deepEqual([receipt?.next_step_at, receipt?.call_since], [null, null], code)
    assert.ok(
      (await deliveriesTo(notice_id, code)).every(({ step }) => step === 0),
      code,
    )
  }
  assert.ok(
    (await receipts(notice_id)).some(({ call_since }) => call_since !== null),
    'others are',
  )
  const tally = await readTally(site.tools.whole, { situation_id, mode: 'exercise' }, now)
  assert.deepEqual([tally.asked, tally.not_reported, tally.not_asked], [57, 57, 3])
  const board = await site.main(desk, `/situations/${situation_id}/board?view=infrastructure`)
  assert.match(board, /架空中央銀行[^機]*照会なし/s)
  assert.match(await site.main(desk, `/notices/${notice_id}`), /照会しない3機関へ情報共有として送りました/)
  const calls = await site.main(desk, '/calls')
  for (const name of ['架空中央銀行', '架空市場監督庁', '架空西部財務局']) {
    assert.doesNotMatch(calls, new RegExp(name))
    assert.doesNotMatch(await site.main(desk, `/rounds/${round_id}`), new RegExp(name))
  }
})

test('S0-13 a regulator that is set to be asked is asked like any other', async () => {
  await site.db.updateTable('institution').set({ is_asked: true }).where('code', '=', 'REG').execute()
  const { id } = await sendTest(site, ['REG', 'CB', 'SEC-001'], { answer_wanted: 'acknowledge' })
  assert.deepEqual(
    (await receipts(id)).map(({ code, closed_how }) => [code, closed_how]),
    [
      ['CB', 'informed'],
      ['REG', null],
      ['SEC-001', null],
    ],
  )
  await site.db.updateTable('institution').set({ is_asked: false }).where('code', '=', 'REG').execute()
})

test('people of one that is only informed read the notice, and an answer of theirs is not taken', async () => {
  const { id } = await sendTest(site, ['CB', 'SEC-001'], { answer_wanted: 'acknowledge' })
  const bank = await site.signIn('bcp@cb.example')
  assert.match(await site.main(bank, `/inbox/${id}`), /情報共有として貴機関に届いています/)
  assert.match(await site.main(bank, '/inbox'), /情報共有（回答不要）/)
  const answer = await bank.post(`/inbox/${id}`, { acknowledged: 'yes' })
  assert.ok(answer.status >= 400, `${answer.status}`)
  assert.deepEqual(await site.db.selectFrom('answer').where('notice_id', '=', id).selectAll().execute(), [])
})

test('what asks only those who are not asked is refused with what to do', async () => {
  await assert.rejects(sendTest(site, ['CB', 'REG'], { answer_wanted: 'acknowledge' }), /nobody/)
  const { id } = await sendTest(site, ['CB'], { answer_wanted: 'none' })
  assert.deepEqual(
    (await receipts(id)).map(({ closed_how }) => closed_how),
    [null],
  )
  assert.ok(nobody.institutions.length === 0)
})
