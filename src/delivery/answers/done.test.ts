import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { takeSteps } from '#delivery/deliveries/index.ts'
import { ownMessagesOf, receiptOf, recipientsOf, sendDue, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

test('N-2 the deputy answers: the primary, who was written to, hears by whom, when and what; nobody else does', async () => {
  const { id } = await sendTest(site, ['SEC-001', 'SEC-002'])
  const [primary, deputy, ...others] = await recipientsOf(site, id, 'SEC-001')
  const [elsewhere] = await recipientsOf(site, id, 'SEC-002')
  pass(3)
  await site.nobody.post(`/a/${deputy!.token}`, { acknowledged: 'yes' })
  const told = await ownMessagesOf(site, primary!.receipt_id)
  assert.deepEqual(
    told.map(({ recipient_id, purpose, channel, address }) => [recipient_id, purpose, channel, address]),
    [[primary!.id, 'done', 'mail', primary!.mail]],
  )
  assert.ok(others.every(({ id: one }) => told.every(({ recipient_id }) => recipient_id !== one)))
  assert.deepEqual(await ownMessagesOf(site, elsewhere!.receipt_id), [])
  const mails = await sendDue(site)
  const [mail, ...more] = mails.filter(({ subject }) => subject?.includes('回答済み'))
  assert.equal(more.length, 0)
  assert.equal(mail?.to?.[0]?.address, primary!.mail)
  assert.match(mail?.subject ?? '', /^【訓練】【回答済み】対策本部を設置しました/)
  assert.ok(mail?.text?.includes(`だれが：${deputy!.name_ja} (回答用リンク)`))
  assert.match(mail?.text ?? '', /いつ：1月15日（金） 09:03 JST/)
  assert.match(mail?.text ?? '', /何と：確認しました/)
})

test('N-2 one institution’s answer stops its own chasing and nobody else’s', async () => {
  const { id } = await sendTest(site, ['SEC-003', 'SEC-004'])
  const [one] = await recipientsOf(site, id, 'SEC-003')
  const [other, others_deputy] = await recipientsOf(site, id, 'SEC-004')
  await site.nobody.post(`/a/${one!.token}`, { acknowledged: 'yes' })
  assert.equal((await receiptOf(site, other!.receipt_id)).closed_at, null)
  pass(11)
  await takeSteps(site.tools, ['mail'])
  const mails = await sendDue(site)
  const to = mails.flatMap((mail) => mail.to?.map(({ address }) => address) ?? [])
  assert.ok(to.includes(others_deputy!.mail), 'the other institution is still chased')
  const own = (await recipientsOf(site, id, 'SEC-003')).map(({ mail }) => mail)
  assert.deepEqual(
    to.filter((address) => own.includes(address ?? '')),
    [],
    'nothing more comes after the answer',
  )
  for (const minutes of [60, 24 * 60, 60 * 24 * 60]) {
    pass(minutes)
    const later = (await sendDue(site)).flatMap((mail) => mail.to?.map(({ address }) => address) ?? [])
    assert.deepEqual(
      later.filter((address) => own.includes(address ?? '')),
      [],
    )
  }
})

test('an answer by the secretariat says so, and a red notice’s subject is not repeated', async () => {
  const { id } = await sendTest(site, ['SEC-005'], { label: 'red', subject_ja: '極秘の件名' })
  const [primary] = await recipientsOf(site, id, 'SEC-005')
  const desk = await site.as('secretariat')
  const answer = { as: 'acknowledged', idempotency_key: crypto.randomUUID() }
  assert.equal((await desk.post(`/calls/${primary!.receipt_id}/answer`, answer)).status, 303)
  const [told] = await ownMessagesOf(site, primary!.receipt_id)
  assert.match(told?.body ?? '', /事務局が代わって記録/)
  assert.doesNotMatch(`${told?.subject} ${told?.body}`, /極秘/)
  assert.deepEqual(site.reported, [])
})
