import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliverDue, takeSteps } from '#delivery/deliveries/index.ts'
import { openSmsChannel } from '#ground/channels/gateway/open-channels.ts'
import { type TestGateway, testGateway } from '#tests/kit/gateway.ts'
import { answersOfReceipt, ownMessagesOf, receiptOf, recipientsOf, repliesOf, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let gateway: TestGateway
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  gateway = await testGateway()
  site = await testSite({ clock: () => now, config: { sms: gateway.http } })
  // The first of each has a mobile of their own; nobody rings such a number.
  await sql`insert into contact_address (contact_id, institution_id, means, address, look, rank)
    select contact.id, contact.institution_id, 'mobile', '+8190000000' || right(code, 2), '+8190000000' || right(code, 2), 9
    from contact join institution on institution.id = contact.institution_id
    where contact.rank = 1 and contact.removed_at is null and code like 'SEC-00_'`.execute(site.db)
})
after(async () => {
  await gateway.close()
  await site.close()
})

/** A notice that has reached its people by SMS, through a real gateway. */
const ask = async (code: string) => {
  const { id } = await sendTest(site, [code])
  pass(6)
  await takeSteps(site.tools, ['sms'])
  await sendSms()
  const people = (await recipientsOf(site, id, code)).filter(({ mobile }) => mobile)
  const [first] = people
  assert.ok(first, `${code} has nobody with a mobile`)
  return { id, first, people }
}
const sendSms = async () => {
  const channel = openSmsChannel(site.tools.config)
  await deliverDue(site.tools, channel)
  await channel.close()
}
let told = 0
const say = async (from: string, text: string, id = `m-${told++}`, headers?: Headers) => {
  const passed = gateway.passOn(gateway.http, { url: 'http://localhost/gateway/sms', from, text, id, at: now })
  return site.app.request('/gateway/sms', {
    method: 'POST',
    headers: headers ?? passed.headers,
    body: Buffer.from(passed.body).toString(),
  })
}
const last = async () => (await repliesOf(site)).at(-1)

test('an SMS with number and code acknowledges, once however often the gateway tells it, and is confirmed by SMS', async () => {
  const { first } = await ask('SEC-001')
  const sent = gateway.requests.find(({ to }) => to === first.mobile)
  assert.ok(sent?.text.includes(`1 ${first.reply_code}`), sent?.text ?? 'nothing was sent')
  for (let times = 0; times < 3; times++)
    assert.equal((await say(first.mobile, `１ ${first.reply_code.toLowerCase()}`, 'm-same')).status, 200)
  assert.equal((await repliesOf(site)).length, 1)
  const [answer, ...more] = await answersOfReceipt(site, first.receipt_id)
  assert.deepEqual([answer?.via, answer?.recipient_id, more.length], ['sms', first.id, 0])
  const [back] = await ownMessagesOf(site, first.receipt_id)
  assert.deepEqual([back?.purpose, back?.channel, back?.address], ['reply', 'sms', first.mobile])
  const before = gateway.requests.length
  await sendSms()
  const [confirmed] = gateway.requests.slice(before)
  assert.equal(confirmed?.to, first.mobile)
  assert.match(confirmed?.text ?? '', /^【訓練】回答を受け付けました.*「確認しました」/)
})

test('without a code it is taken only when one message waits for that number; otherwise the code is asked for', async () => {
  const one = await ask('SEC-002')
  const other = await ask('SEC-002')
  await say(one.first.mobile, '1')
  assert.equal((await last())?.finding, 'no_code')
  assert.equal((await receiptOf(site, one.first.receipt_id)).closed_at, null)
  const [asked] = await ownMessagesOf(site, other.first.receipt_id)
  assert.match(asked?.body ?? '', /返信の例「1 返信コード」/)
  pass(1)
  await say(one.first.mobile, `1${one.first.reply_code}`)
  assert.equal((await last())?.receipt_id, one.first.receipt_id)
  assert.equal((await receiptOf(site, one.first.receipt_id)).closed_how, 'answered')
  pass(1)
  await say(one.first.mobile, '1')
  assert.equal((await receiptOf(site, other.first.receipt_id)).closed_how, 'answered')
})

test('a right code from another number is nobody’s answer; a number nobody has is kept and not answered', async () => {
  const { first } = await ask('SEC-003')
  pass(1)
  assert.equal((await say('+819099999999', `1 ${first.reply_code}`)).status, 200)
  const kept = await last()
  assert.deepEqual([kept?.finding, kept?.recipient_id], ['unknown', null])
  assert.equal((await receiptOf(site, first.receipt_id)).closed_at, null)
  assert.deepEqual(await ownMessagesOf(site, first.receipt_id), [])
})

test('what is not from the gateway is refused and leaves nothing', async () => {
  const { first } = await ask('SEC-004')
  const before = (await repliesOf(site)).length
  const text = `1 ${first.reply_code}`
  for (const headers of [new Headers(), new Headers({ 'x-noroshi-timestamp': '1', 'x-noroshi-signature': 'ff' })])
    assert.equal((await say(first.mobile, text, 'm-forged', headers)).status, 403)
  const old = gateway.passOn(gateway.http, {
    ...{ url: 'http://localhost/gateway/sms', from: first.mobile, text, id: 'm-old' },
    at: new Date(now.getTime() - 3_600_000),
  })
  const replayed = await site.app.request('/gateway/sms', {
    method: 'POST',
    headers: old.headers,
    body: Buffer.from(old.body).toString(),
  })
  assert.equal(replayed.status, 403)
  assert.equal((await repliesOf(site)).length, before)
  assert.equal((await site.nobody.get('/gateway/sms')).status, 404)
})

test('an SMS that cannot be read is told how, with its own code', async () => {
  const { first } = await ask('SEC-005')
  pass(1)
  await say(first.mobile, 'はい')
  assert.equal((await last())?.finding, 'unclear')
  assert.ok((await ownMessagesOf(site, first.receipt_id))[0]?.body?.includes(`「1 ${first.reply_code}」`))
  assert.deepEqual(site.reported, [])
})
