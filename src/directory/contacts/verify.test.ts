import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { code_minutes, tries_max } from './send-code.ts'

type Client = TestSite['nobody']
let site: TestSite
let [admin, desk]: [Client, Client] = [] as never
let now = new Date('2027-01-15T01:00:00Z')
const pass = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
/** Long enough that everyone has to sign in again. */
const passHours = async (hours: number) => {
  pass(hours * 60 + 1)
  admin = await site.as('institution_administrator')
  desk = await site.as('secretariat')
}

before(async () => {
  site = await testSite({ clock: () => now })
  admin = await site.as('institution_administrator')
  desk = await site.as('secretariat')
})
after(() => site.close())

const addressOf = (means: 'mail' | 'phone', rank = 1) =>
  site.db
    .selectFrom('contact_address as address')
    .innerJoin('contact', 'contact.id', 'address.contact_id')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('institution.code', '=', 'SEC-001')
    .where('contact.rank', '=', rank)
    .where('means', '=', means)
    .selectAll('address')
    .executeTakeFirstOrThrow()
const path = (id: string, act = '') => `/contacts/addresses/${id}${act}`
const lastLine = async () => (await site.trail()).at(-1)!
/** The code as the mail says it. */
const codeInMail = async () => {
  const { body } = await site.db
    .selectFrom('letter')
    .select('body')
    .where('purpose', '=', 'address-code')
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return /コード：(\d{8})/.exec(body)?.[1] ?? ''
}
const send = async (id: string) => {
  assert.equal((await admin.post(path(id, '/code'))).status, 303)
  pass(1)
  return codeInMail()
}
const enter = (id: string, code: string) => admin.post(path(id, '/verification'), { code })
const wrong = (code: string) => String((Number(code) + 1) % 10 ** 8).padStart(8, '0')

test('S2-19 a code goes to the mail address; entered, the address is verified, and the trail says how', async () => {
  const { id, address } = await addressOf('mail')
  const code = await send(id)
  const letter = await site.db
    .selectFrom('letter')
    .selectAll()
    .where('contact_address_id', '=', id)
    .executeTakeFirstOrThrow()
  assert.deepEqual([letter.address, letter.purpose, letter.label], [address, 'address-code', 'amber'])
  const asked = await lastLine()
  assert.deepEqual([asked.action, asked.details.address_id], ['address.code-sent', id])
  // Neither the trail nor the table of codes holds it.
  assert.ok(!JSON.stringify(await site.trail()).includes(code))
  assert.ok(!JSON.stringify(await site.db.selectFrom('address_code').selectAll().execute()).includes(code))

  assert.equal((await enter(id, ` ${code.slice(0, 4)} ${code.slice(4)} `)).status, 303)
  assert.deepEqual((await addressOf('mail')).verified_at, now)
  const { action, details } = await lastLine()
  assert.deepEqual([action, (details as { how: string }).how], ['address.verified', 'code'])
  assert.equal((await enter(id, code)).status, 422, 'a code is good once')
})

test('S2-19 wrong answers are counted over all presses; after five the right one is no good any more', async () => {
  const { id } = await addressOf('mail', 2)
  const code = await send(id)
  for (let left = tries_max - 1; left >= 0; left--) {
    const answer = await enter(id, wrong(code))
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), left > 0 ? new RegExp(`あと${left}回`) : /新しいコードを送って/)
    assert.equal((await lastLine()).action, 'address.code-refused')
  }
  const late = await enter(id, code)
  assert.equal(late.status, 422)
  assert.match(await late.text(), /<a href="#code">コードの期限が切れたか/)
  assert.equal((await addressOf('mail', 2)).verified_at, null)
})

test('S2-19 many answers at the same moment are counted one by one', async () => {
  const { id } = await addressOf('mail', 2)
  const code = await send(id)
  await Promise.all(Array.from({ length: 8 }, () => enter(id, wrong(code))))
  const [last] = await site.db.selectFrom('address_code').selectAll().orderBy('sent_at', 'desc').limit(1).execute()
  assert.deepEqual([last?.tries, last?.ended_at !== null], [tries_max, true])
})

test('S2-19 a newer code ends the one before, and half an hour ends any', async () => {
  const { id } = await addressOf('mail', 2)
  const old = await send(id)
  const fresh = await send(id)
  if (old !== fresh) assert.equal((await enter(id, old)).status, 422)
  pass(code_minutes)
  assert.equal((await enter(id, fresh)).status, 422)
  assert.equal((await addressOf('mail', 2)).verified_at, null)
})

test('S2-19 no more than five codes go to an address within the hour', async () => {
  await passHours(2)
  const { id } = await addressOf('mail', 2)
  const presses = await Promise.all(Array.from({ length: 7 }, () => admin.post(path(id, '/code'))))
  assert.deepEqual(presses.map(({ status }) => status).sort(), [303, 303, 303, 303, 303, 422, 422])
  await passHours(1)
  await send(id)
})

test('S2-19 nobody floods strangers with codes by entering their addresses again and again', async () => {
  await passHours(2)
  const { institution_id, id } = await addressOf('mail', 2)
  const sent = { institution_id, code_hash: Buffer.alloc(32), sent_at: now, expires_at: now, ended_at: now }
  const { id: sent_by } = await site.accountOf('institution_administrator')
  const other = await addressOf('mail')
  for (let times = 0; times < 20; times++)
    await site.db
      .insertInto('address_code')
      .values({ ...sent, id: crypto.randomUUID(), contact_address_id: other.id, sent_by })
      .execute()
  assert.equal((await admin.post(path(id, '/code'))).status, 422)
  await passHours(1)
  await send(id)
})

test('S2-19 an address that was stopped is used again once it is verified', async () => {
  const { id } = await addressOf('mail', 2)
  await site.db
    .updateTable('contact_address')
    .set({ quarantined_at: now, quarantine_reason: '550 no such user' })
    .where('id', '=', id)
    .execute()
  assert.match(await (await admin.get(path(id))).text(), /550 no such user/)
  assert.match(await (await admin.get('/home')).text(), /届かない連絡先があります（1件）/)
  assert.equal((await enter(id, await codeInMail())).status, 303)
  const { quarantined_at, quarantine_reason, verified_at } = await addressOf('mail', 2)
  assert.deepEqual([quarantined_at, quarantine_reason, verified_at], [null, null, now])
  assert.doesNotMatch(await site.main(admin, '/home'), /届かない連絡先があります/)
})

test('S2-19 a number is verified by somebody who called it: by whom, with whom; the page says that nothing is sent', async () => {
  const { id } = await addressOf('phone')
  assert.match(await (await admin.get(path(id))).text(), /自動で送る仕組みはまだありません/)
  const empty = await admin.post(path(id, '/call'))
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /href="#spoke_to"[\s\S]*href="#did_call"/)
  assert.equal((await admin.post(path(id, '/code'))).status, 422)
  assert.equal((await admin.post(path(id, '/call'), { spoke_to: '架空 太郎', did_call: 'yes' })).status, 303)
  assert.deepEqual((await addressOf('phone')).verified_at, now)
  const { action, details, who } = await lastLine()
  const { how, spoke_to } = details as { how: string; spoke_to: string }
  assert.deepEqual([action, how, spoke_to], ['address.verified', 'call', '架空 太郎'])
  assert.ok(who)
})

test('S2-19 nobody says of their own number that they called it', async () => {
  const { id, contact_id } = await addressOf('phone', 2)
  const { id: person_id } = await site.accountOf('institution_administrator')
  await site.db.updateTable('contact').set({ person_id }).where('id', '=', contact_id).execute()
  assert.match(await (await admin.get(path(id))).text(), /ご自分では確認できません/)
  assert.equal((await admin.post(path(id, '/call'), { spoke_to: '自分', did_call: 'yes' })).status, 422)
  assert.equal((await addressOf('phone', 2)).verified_at, null)
  assert.equal((await desk.post(path(id, '/call'), { spoke_to: '担当者', did_call: 'yes' })).status, 303)
})

test('S0-30 another institution’s addresses are nobody’s to verify', async () => {
  const stranger = await site.as('bcp_contact')
  const { id } = await addressOf('mail')
  for (const act of ['/code', '/verification', '/call'])
    assert.equal((await stranger.post(path(id, act), { code: '12345678' })).status, 403)
  assert.equal((await stranger.get(path(id))).status, 403)
})
