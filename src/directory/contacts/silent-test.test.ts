import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import { sendLetters } from '#ground/letters/send-letters.ts'
import { openTransport } from '#ground/mail/transport.ts'
import { refusal, type TestSmtp, testSmtp } from '#tests/kit/mail.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { contactOutcomes } from './after-letter.ts'

let site: TestSite
let desk: TestSite['nobody']
let smtp: TestSmtp
let bounces: { close(): Promise<void> }
let now = new Date('2027-01-15T01:00:00Z')
const refused = new Set<string>()
const port = 20_000 + Math.floor(Math.random() * 20_000)

before(async () => {
  site = await testSite({ clock: () => now, config: { bounce_port: port } })
  smtp = await testSmtp({
    rcpt: (address) => {
      if (refused.has(address)) throw refusal(550, '5.1.1 no such user')
      return undefined
    },
  })
  bounces = await startMailIntake(site.tools, port, (error) => site.reported.push(error))
})
after(async () => {
  await bounces.close()
  await smtp.close()
  await site.close()
})
beforeEach(async () => {
  now = new Date(now.getTime() + 60_000)
  smtp.mails.length = 0
  // A session does not outlive the hours that pass here.
  desk = await site.as('secretariat')
})

const press = (form: Record<string, string>) =>
  desk.post('/contacts/tests', { scope: 'chosen', codes: 'SEC-001', idempotency_key: randomUUID(), ...form })
const deliver = async () => {
  const { config } = site.tools
  const transport = openTransport({ smtp_url: smtp.url, mail_from: config.mail_from })
  await sendLetters(site.tools, transport, contactOutcomes(site.tools)).finally(() => transport.close())
}
const mailsOf = (code: string) =>
  site.db
    .selectFrom('contact_address as address')
    .innerJoin('institution', 'institution.id', 'address.institution_id')
    .innerJoin('contact', 'contact.id', 'address.contact_id')
    .where('institution.code', '=', code)
    .where('means', '=', 'mail')
    .selectAll('address')
    .orderBy('contact.rank')
    .execute()
const letterTo = (address: string) =>
  site.db
    .selectFrom('letter')
    .selectAll()
    .where('address', '=', address)
    .where('purpose', '=', 'address-test')
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

test('S2-19 N-10 each mail address gets one quiet mail marked as a test; what is taken counts as tested', async () => {
  const key = randomUUID()
  const answers = await Promise.all([press({ idempotency_key: key }), press({ idempotency_key: key })])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  const at = answers[0]!.headers.get('location')!
  assert.equal(answers[1]!.headers.get('location'), at)
  assert.match(await (await desk.get(at)).text(), /送信中です（残り2通）/)
  await deliver()
  const mails = await smtp.read()
  assert.equal(mails.length, 2)
  for (const mail of mails) {
    assert.match(mail.subject ?? '', /【テスト】.*返信不要.*\[TEST\]/)
    assert.match(mail.text ?? '', /返信や操作は必要ありません[\s\S]*No answer is needed/)
    assert.equal(mail.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated')
  }
  for (const { tested_at, quarantined_at, verified_at } of await mailsOf('SEC-001'))
    assert.deepEqual([tested_at, quarantined_at, verified_at], [now, null, null])
  const line = (await site.trail()).find(({ action }) => action === 'address.test-started')
  assert.deepEqual([line?.about, line?.mode], [at, 'test'])
  assert.match(await (await desk.get(at)).text(), /【テスト】|テスト/)
})

test('S2-19 an address that the server refuses is stopped, and the other contact is asked to mend it', async () => {
  const [one, two] = await mailsOf('SEC-001')
  refused.add(one!.address)
  const at = (await press({})).headers.get('location')!
  await deliver()
  const [stopped, fine] = await mailsOf('SEC-001')
  assert.deepEqual(stopped?.quarantined_at, now)
  assert.match(stopped?.quarantine_reason ?? '', /550 5\.1\.1 no such user/)
  assert.equal(fine?.quarantined_at, null)
  // Sent in the same run: to the other, not to the one that does not arrive.
  const asked = (await smtp.read()).filter(({ subject }) => subject?.includes('連絡先を直してください'))
  assert.deepEqual(
    asked.map(({ to }) => to?.[0]?.address),
    [two!.address],
  )
  assert.match(asked[0]?.text ?? '', /\/institutions\/[0-9a-f-]+\/contacts/)
  const result = await (await desk.get(at)).text()
  assert.match(result, /受け取りを拒否[\s\S]*550 5\.1\.1/)
  const admin = await site.as('institution_administrator')
  for (const page of ['/home', '/contacts'])
    assert.match(await (await admin.get(page)).text(), /届かない連絡先があります（1件）/)
  assert.match(await (await desk.get('/home')).text(), /届かない連絡手段 1件/)
  // A stopped address is not tested again, and no second letter asks for the same.
  assert.equal((await press({})).status, 303)
  smtp.mails.length = 0
  await deliver()
  assert.equal(smtp.mails.length, 1)
  refused.clear()
})

test('S2-19 a relay that refuses every mail silences nobody: the result says what it said', async () => {
  const strict = await testSmtp({
    rcpt: () => {
      throw refusal(550, '5.7.1 Relaying denied')
    },
  })
  const at = (await press({ codes: 'SEC-007' })).headers.get('location')!
  const transport = openTransport({ smtp_url: strict.url, mail_from: site.tools.config.mail_from })
  await sendLetters(site.tools, transport, contactOutcomes(site.tools)).finally(() => transport.close())
  await strict.close()
  for (const { quarantined_at, tested_at } of await mailsOf('SEC-007'))
    assert.deepEqual([quarantined_at, tested_at], [null, null])
  assert.match(await (await desk.get(at)).text(), /受け取りを拒否[\s\S]*Relaying denied/)
})

test('S2-19 a server that is busy stops no address', async () => {
  const [one] = await mailsOf('SEC-002')
  const busy = await testSmtp({
    rcpt: () => {
      throw refusal(451, '4.7.1 greylisted')
    },
  })
  await press({ codes: 'SEC-002' })
  const transport = openTransport({ smtp_url: busy.url, mail_from: site.tools.config.mail_from })
  await sendLetters(site.tools, transport, contactOutcomes(site.tools)).finally(() => transport.close())
  await busy.close()
  const [after] = await mailsOf('SEC-002')
  assert.deepEqual([after?.quarantined_at, after?.tested_at], [null, null])
  now = new Date(now.getTime() + 3_600_000)
  await deliver()
  assert.deepEqual((await mailsOf('SEC-002')).find(({ id }) => id === one!.id)?.tested_at, now)
})

/** A report as Postfix writes it. */
const report = (fields: string, type = 'multipart/report; report-type=delivery-status; boundary="b"') =>
  [
    'From: MAILER-DAEMON@mail.example',
    'To: bounce@market.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mail.example.',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    'X-Postfix-Queue-ID: 4ABCD',
    '',
    ...fields.split('\n'),
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'Subject: test',
    '',
    'test',
    '--b--',
    '',
  ].join('\r\n')
const failed = (
  status = '5.1.1',
  action = 'failed',
  address = 'somebody@firm.example',
) => `Final-Recipient: rfc822; ${address}
Original-Recipient: rfc822;somebody@firm.example
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.firm.example
Diagnostic-Code: smtp; 550 ${status} <somebody@firm.example>: Recipient address
    rejected: User unknown`

const comeBack = async (to: string, raw: string) => {
  const mailer = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  await mailer.sendMail({ envelope: { from: '', to: [to] }, raw }).finally(() => mailer.close())
}
const noted = () => site.db.selectFrom('bounce').selectAll().orderBy('received_at').execute()
const testOf = async (code: string) => {
  await press({ codes: code })
  await deliver()
  const [address] = await mailsOf(code)
  return { address: address!, letter: await letterTo(address!.address) }
}

test('S2-19 letters name a return path of their own', async () => {
  const paths: string[] = []
  const watching = await testSmtp({ from: (address) => void paths.push(address) })
  await press({ codes: 'SEC-010' })
  const transport = openTransport({ smtp_url: watching.url, mail_from: site.tools.config.mail_from })
  await sendLetters(site.tools, transport, contactOutcomes(site.tools)).finally(() => transport.close())
  await watching.close()
  const letters = await Promise.all((await mailsOf('SEC-010')).map(({ address }) => letterTo(address)))
  assert.deepEqual(paths.sort(), letters.map(({ id }) => `bounce+${id}@market.example`).sort())
})

test('S2-19 a mail that comes back later stops the address, once', async () => {
  const { address, letter } = await testOf('SEC-003')
  now = new Date(now.getTime() + 60_000)
  const bounce = report(failed('5.1.1', 'failed', address.address))
  for (let times = 0; times < 2; times++) await comeBack(`bounce+${letter.id}@market.example`, bounce)
  const [stopped] = await mailsOf('SEC-003')
  assert.deepEqual(stopped?.quarantined_at, now)
  assert.equal(
    stopped?.quarantine_reason,
    '5.1.1 550 5.1.1 <somebody@firm.example>: Recipient address rejected: User unknown',
  )
  assert.equal((await letterTo(address.address)).state, 'bounced')
  const lines = (await site.trail()).filter(({ action }) => action === 'address.quarantined')
  assert.equal(lines.filter(({ details }) => (details as { address_id: string }).address_id === address.id).length, 1)
  assert.match(await (await desk.get(letter.about)).text(), /あとから不達/)
})

test('S2-19 a mail that came back because of what it said stops no address', async () => {
  const { letter } = await testOf('SEC-008')
  await comeBack(`bounce+${letter.id}@market.example`, report(failed('5.7.1', 'failed', letter.address)))
  assert.equal((await letterTo(letter.address)).state, 'bounced')
  assert.equal((await mailsOf('SEC-008'))[0]?.quarantined_at, null)
})

for (const [what, raw, finding] of [
  ['a delay', report(failed('4.4.1', 'delayed')), 'delayed'],
  ['a failure for now', report(failed('4.2.2')), 'delayed'],
  ['a failure without a code', report(failed('').replace('Status: \n', '')), 'delayed'],
  ['a receipt', report(failed('2.0.0', 'delivered')), 'other'],
  [
    'an automatic reply',
    'Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nAction: failed\r\nStatus: 5.1.1',
    'no_report',
  ],
  [
    'a report of another type',
    report(failed(), 'multipart/report; report-type=disposition-notification; boundary="b"'),
    'no_report',
  ],
  ['a report without its part', report('X-Nothing: here'), 'no_report'],
  ['bytes', '\u0000\u0001\u0002', 'no_report'],
  ['nothing', '', 'no_report'],
] as const)
  test(`S2-19 ${what} is written down and stops nothing`, async () => {
    const { letter } = await testOf('SEC-004')
    await comeBack(`bounce+${letter.id}@market.example`, raw || '\r\n')
    const last = (await noted()).at(-1)
    assert.deepEqual([last?.finding, last?.letter_id], [finding, letter.id])
    assert.equal((await mailsOf('SEC-004'))[0]?.quarantined_at, null)
    assert.equal((await letterTo(letter.address)).state, 'sent')
  })

test('S2-19 a report of a letter that nobody knows is written down; an address that is no return path is refused', async () => {
  const unknown = `bounce+${randomUUID()}@market.example`
  await comeBack(unknown, report(failed()))
  const last = (await noted()).at(-1)
  assert.deepEqual([last?.finding, last?.letter_id, last?.recipient], ['unknown', null, unknown])
  for (const address of ['desk@market.example', `bounce+${randomUUID()}@other.example`, 'bounce+x@market.example'])
    await assert.rejects(comeBack(address, report(failed())), /550/)
})

test('S2-19 a report about a mail from before an address was verified again stops nothing', async () => {
  const { address, letter } = await testOf('SEC-005')
  now = new Date(now.getTime() + 60_000)
  await site.db.updateTable('contact_address').set({ verified_at: now }).where('id', '=', address.id).execute()
  await comeBack(`bounce+${letter.id}@market.example`, report(failed('5.1.1', 'failed', address.address)))
  assert.equal((await mailsOf('SEC-005'))[0]?.quarantined_at, null)
  assert.equal((await letterTo(address.address)).state, 'bounced')
})

test('the return path listens on this machine alone, and lives through a client that hangs up', async () => {
  const socket = connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.once('data', resolve))
  socket.destroy()
  const { letter } = await testOf('SEC-006')
  await comeBack(`bounce+${letter.id}@market.example`, report(failed('4.4.1', 'delayed')))
  assert.deepEqual(site.reported, [])
  await assert.rejects(
    startMailIntake(site.tools, port, () => {}),
    /BOUNCE_PORT=\d+ is in use/,
  )
})

for (const [field, form, reason] of [
  ['scope', { scope: 'x' }, /対象を選んで/],
  ['codes', { codes: '' }, /機関コードを/],
  ['codes', { codes: 'SEC-001, NOBODY-9' }, /名簿にない機関コードがあります：NOBODY-9/],
] as const)
  test(`a silent test of ${JSON.stringify(form)} is refused with the reason`, async () => {
    const before = await site.db.selectFrom('address_test').select('id').execute()
    const answer = await press(form)
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`href="#${field}"`))
    assert.match(page, reason)
    assert.deepEqual(await site.db.selectFrom('address_test').select('id').execute(), before)
  })

test('S2-19 a test of what is untested reaches the rest of the market with one job, and then nobody is left', async () => {
  assert.match(await (await desk.get('/contacts/tests')).text(), /\d+機関の\d+アドレス/)
  const untested = await site.db
    .selectFrom('contact_address')
    .select('id')
    .where('means', '=', 'mail')
    .where('tested_at', 'is', null)
    .where('quarantined_at', 'is', null)
    .execute()
  assert.ok(untested.length > 50)
  const at = (await press({ scope: 'untested' })).headers.get('location')!
  const { addresses } = await site.db
    .selectFrom('address_test')
    .selectAll()
    .where('id', '=', at.split('/').at(-1)!)
    .executeTakeFirstOrThrow()
  assert.equal(addresses, untested.length)
  await deliver()
  assert.equal(smtp.mails.length, addresses)
  const answer = await press({ scope: 'untested' })
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /対象になるメールアドレスがありません/)
})
