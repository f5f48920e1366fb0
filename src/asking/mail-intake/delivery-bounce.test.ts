import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { followFailures } from '#delivery/deliveries/follow-failures.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import { refusal, testSmtp } from '#tests/kit/mail.ts'
import { recipientsOf, sendDue, sendTest, writeTo } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { startMailIntake } from './intake-server.ts'

let site: TestSite
let intake: { close(): Promise<void> }
let now = new Date('2027-01-15T00:00:00Z')
const port = 20_000 + Math.floor(Math.random() * 20_000)
before(async () => {
  site = await testSite({ clock: () => now, config: { bounce_port: port } })
  intake = await startMailIntake(site.tools, port, (error) => site.reported.push(error))
})
after(async () => {
  await intake.close()
  await site.close()
})

const report = (status = '5.1.1', action = 'failed', address = 'somebody@firm.example') =>
  [
    'From: MAILER-DAEMON@mail.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} User unknown`,
    '',
    '--b--',
    '',
  ].join('\r\n')
const comeBack = (id: string, raw = report()) =>
  writeTo(port, { envelope_from: '', to: `bounce+${id}@market.example`, raw })
const deliveryTo = (notice_id: string, address: string) =>
  site.db
    .selectFrom('delivery')
    .where('notice_id', '=', notice_id)
    .where('address', '=', address)
    .selectAll()
    .executeTakeFirstOrThrow()
const entryOf = (address: string) =>
  site.db
    .selectFrom('contact_address')
    .where('address', '=', address)
    .where('removed_at', 'is', null)
    .selectAll()
    .executeTakeFirstOrThrow()

test('a notice that comes back later has failed, stops its address once, and the next is tried at once', async () => {
  const { id } = await sendTest(site, ['SEC-001'])
  const [first, second] = await recipientsOf(site, id, 'SEC-001')
  const sent = await deliveryTo(id, first!.mail)
  assert.equal(sent.state, 'sent')
  now = new Date(now.getTime() + 60_000)
  for (let times = 0; times < 2; times++) await comeBack(sent.id, report('5.1.1', 'failed', first!.mail))
  const bounced = await deliveryTo(id, first!.mail)
  assert.deepEqual([bounced.state, bounced.answer], ['failed', '5.1.1 550 5.1.1 User unknown'])
  assert.deepEqual((await entryOf(first!.mail)).quarantined_at, now)
  const lines = (await site.trail()).filter(({ action }) => action === 'address.quarantined')
  assert.equal(lines.length, 1)
  const noted = await site.db.selectFrom('bounce').selectAll().execute()
  assert.deepEqual(
    noted.map(({ finding, delivery_id, letter_id }) => [finding, delivery_id, letter_id]),
    Array(2).fill(['failed', sent.id, null]),
  )

  assert.ok((await followFailures(site.tools)) > 0)
  for (let turn = 0; turn < 4; turn++) await takeSteps(site.tools, ['mail'])
  assert.equal((await deliveryTo(id, second!.mail)).state, 'waiting')
})

test('a report of a delay, or of what the mail said, stops no address; one that is long answered stays answered', async () => {
  const { id } = await sendTest(site, ['SEC-002'])
  const [first] = await recipientsOf(site, id, 'SEC-002')
  const sent = await deliveryTo(id, first!.mail)
  await comeBack(sent.id, report('4.4.1', 'delayed'))
  assert.equal((await deliveryTo(id, first!.mail)).state, 'sent')
  await site.nobody.post(`/a/${first!.token}`, { acknowledged: 'yes' })
  await comeBack(sent.id, report('5.7.1', 'failed', first!.mail))
  assert.equal((await deliveryTo(id, first!.mail)).state, 'failed')
  assert.equal((await entryOf(first!.mail)).quarantined_at, null)
  const receipt = await site.db.selectFrom('receipt').where('id', '=', first!.receipt_id).selectAll().executeTakeFirst()
  assert.deepEqual([receipt?.closed_how, receipt?.next_step_at], ['answered', null])
})

test('a report about a message that nobody knows is kept and thanked for; other addresses are refused', async () => {
  const unknown = randomUUID()
  await comeBack(unknown)
  const noted = await site.db
    .selectFrom('bounce')
    .where('recipient', '=', `bounce+${unknown}@market.example`)
    .selectAll()
    .execute()
  assert.deepEqual(
    noted.map(({ finding }) => finding),
    ['unknown'],
  )
  for (const to of ['desk@market.example', `reply+${'0'.repeat(26)}@market.example`, `bounce+${unknown}@other.example`])
    await assert.rejects(writeTo(port, { envelope_from: '', to, raw: report() }), /550/)
})

test('S2-19 an address that refuses a notice at once is stopped, too; a server that refuses everyone stops none', async () => {
  const smtp = await testSmtp({
    rcpt: (address) => {
      if (address === refused) throw refusal(550, '5.1.1 no such user')
      if (address === blocked) throw refusal(554, '5.7.1 client host blocked')
      return undefined
    },
  })
  let [refused, blocked] = ['', '']
  const [one, other] = await Promise.all(
    ['SEC-003', 'SEC-004'].map(
      async (code) =>
        await site.db
          .selectFrom('contact_card')
          .innerJoin('institution', 'institution.id', 'contact_card.institution_id')
          .where('code', '=', code)
          .where('rank', '=', 1)
          .select('contact_card.mail')
          .executeTakeFirstOrThrow(),
    ),
  )
  refused = one!.mail ?? ''
  blocked = other!.mail ?? ''
  await sendTest(site, ['SEC-003', 'SEC-004'], {}, smtp)
  await sendDue(site, smtp)
  await smtp.close()
  assert.match((await entryOf(refused)).quarantine_reason ?? '', /no such user/)
  assert.equal((await entryOf(blocked)).quarantined_at, null)
})

test('mails of two institutions that come back stop both addresses, though nothing was sent meanwhile', async () => {
  now = new Date(now.getTime() + 24 * 3_600_000)
  const codes = ['SEC-015', 'SEC-016']
  const { id } = await sendTest(site, codes)
  now = new Date(now.getTime() + 60_000)
  for (const code of codes) {
    const [first] = await recipientsOf(site, id, code)
    await comeBack((await deliveryTo(id, first!.mail)).id, report('5.1.1', 'failed', first!.mail))
    assert.deepEqual((await entryOf(first!.mail)).quarantined_at, now)
    now = new Date(now.getTime() + 3_600_000)
  }
})

test('while the database is away a bounce and a reply are put off, not lost', async () => {
  const { id } = await sendTest(site, ['SEC-005'])
  const [first] = await recipientsOf(site, id, 'SEC-005')
  const sent = await deliveryTo(id, first!.mail)
  const other = port + 1
  const reported: unknown[] = []
  // A database that is gone, as the intake meets it.
  const { openProgram } = await import('#ground/db/database.ts')
  const db = openProgram({ url: 'postgres://127.0.0.1:1/none' }, 1)
  const lame = await startMailIntake({ ...site.tools, db }, other, (error) => reported.push(error))
  const reply = {
    from: first!.mail,
    to: `reply+${first!.token}@market.example`,
    text: '1',
    message_id: '<1@sec.example>',
  }
  await assert.rejects(
    writeTo(other, { envelope_from: '', to: `bounce+${sent.id}@market.example`, raw: report() }),
    /451/,
  )
  await assert.rejects(writeTo(other, reply), /451/)
  await lame.close()
  await db.destroy()
  assert.equal(reported.length, 2)
  await writeTo(port, reply)
  const receipt = await site.db.selectFrom('receipt').where('id', '=', first!.receipt_id).selectAll().executeTakeFirst()
  assert.equal(receipt?.closed_how, 'answered')
})
