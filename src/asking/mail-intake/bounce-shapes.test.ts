import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recipientsOf, sendTest, writeTo } from '#tests/kit/replies.ts'
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
  assert.deepEqual(site.reported, [])
})

type Sent = { id: string; mail: string; address_id: string | null }
/** A notice that has gone out to both contacts of one institution. */
async function sent(): Promise<[Sent, Sent]> {
  now = new Date(now.getTime() + 120 * 60_000)
  await site.db
    .updateTable('contact_address')
    .set({ quarantined_at: null, quarantine_reason: null, refused_at: null, refusal: null })
    .execute()
  const { id } = await sendTest(site, ['SEC-001'], { answer_wanted: 'none' })
  const people = await recipientsOf(site, id, 'SEC-001')
  const rows = await site.db
    .selectFrom('delivery')
    .where('notice_id', '=', id)
    .where('channel', '=', 'mail')
    .selectAll()
    .execute()
  const [one, other] = people.map(({ mail }) => {
    const row = rows.find(({ address }) => address === mail)
    return { id: row?.id ?? '', mail, address_id: row?.contact_address_id ?? null }
  })
  return [one!, other!]
}
const comeBack = (to: string, raw: string | Buffer, envelope_from = '') =>
  writeTo(port, { envelope_from, to: `bounce+${to}@market.example`, raw })

async function outcomeOf({ id, address_id }: Sent) {
  const { state, answer } = await site.db
    .selectFrom('delivery')
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirstOrThrow()
  const address = await site.db
    .selectFrom('contact_address')
    .where('id', '=', address_id ?? '')
    .select('quarantined_at')
    .executeTakeFirstOrThrow()
  const bounce = await site.db
    .selectFrom('bounce')
    .where('delivery_id', '=', id)
    .select('finding')
    .orderBy('received_at', 'desc')
    .executeTakeFirst()
  return { state, answer, is_stopped: address.quarantined_at !== null, finding: bounce?.finding }
}

const lines = (...each: string[]) => each.join('\r\n')
/** A report of three parts; `human` is what a person reads, in whatever code. */
const report = ({
  fields,
  human = 'Sorry.',
  head = [] as string[],
  type = 'text/plain; charset=us-ascii',
}: {
  fields: string[]
  human?: string
  head?: string[]
  type?: string
}) =>
  lines(
    'From: MAILER-DAEMON@mail.example',
    ...head,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="=_b/1"',
    '',
    '--=_b/1',
    `Content-Type: ${type}`,
    '',
    human,
    '--=_b/1',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    ...fields,
    '',
    '--=_b/1',
    'Content-Type: message/rfc822',
    '',
    'Subject: =?ISO-2022-JP?B?GyRCRH5OYxsoQg==?=',
    'Final-Recipient: rfc822; nobody@firm.example',
    '',
    'text',
    '--=_b/1--',
    '',
  )

const to = (mail: string, action: string, status: string, diagnostic: string, more: string[] = []) => [
  `Final-Recipient: rfc822; ${mail}`,
  `Action: ${action}`,
  ...(status ? [`Status: ${status}`] : []),
  `Diagnostic-Code: ${diagnostic}`,
  ...more,
]
type Shape = [
  what: string,
  mail: (mail: string) => string | Buffer,
  expected: [string, string, boolean],
  answer?: RegExp,
]
const shapes: Shape[] = [
  [
    'Postfix',
    (mail) =>
      report({
        fields: [
          'Reporting-MTA: dns; mail.example',
          'X-Postfix-Queue-ID: 4ABCD',
          'X-Postfix-Sender: rfc822; bounce@market.example',
          'Arrival-Date: Fri, 15 Jan 2027 09:00:00 +0900 (JST)',
          '',
          ...to(mail, 'failed', '5.1.1', `smtp; 550 5.1.1 <${mail}>:\r\n    Recipient address rejected`, [
            `Original-Recipient: rfc822;${mail}`,
            'Remote-MTA: dns; mx.firm.example',
          ]),
        ],
      }),
    ['failed', 'failed', true],
    /^5\.1\.1 550 5\.1\.1 <.+>: Recipient address rejected$/,
  ],
  [
    'Exchange',
    (mail) =>
      report({
        head: ['Subject: =?utf-8?B?6YWN5L+h5LiN6IO9?= Undeliverable', 'X-MS-Exchange-Message-Is-Ndr:'],
        type: 'text/html; charset="utf-8"',
        human: '<html><body>配信できませんでした</body></html>',
        fields: [
          'Reporting-MTA: dns;TYXPR01.prod.example',
          'Received-From-MTA: dns;mail.market.example',
          '',
          `Final-Recipient: rfc822;${mail.toUpperCase()}`,
          'Action: failed',
          'Status: 5.1.10',
          'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
          `X-Display-Name: ${mail}`,
        ],
      }),
    ['failed', 'failed', true],
  ],
  [
    'Gmail',
    (mail) =>
      report({
        head: ['X-Failed-Recipients: somebody@gmail.example', 'Auto-Submitted: auto-replied'],
        fields: [
          'Reporting-MTA: dns; googlemail.com',
          'X-Original-Message-ID: <x@market.example>',
          '',
          ...to(
            mail,
            'failed',
            '5.2.1',
            'smtp; 550-5.2.1 The email account that you tried to reach is inactive.\r\n 550 5.2.1 x',
          ),
        ],
      }),
    ['failed', 'failed', true],
  ],
  [
    'a carrier, in Japanese',
    (mail) =>
      Buffer.from(
        report({
          head: ['Subject: =?ISO-2022-JP?B?GyRCRH5OYxsoQg==?='],
          type: 'text/plain; charset=ISO-2022-JP',
          human: '\x1b$B0[>o$J$7\x1b(B',
          fields: [
            'Reporting-MTA: dns;phone.example',
            '',
            ...to(`<${mail}>`, 'Failed (bad destination mailbox)', '5.1.1 (x)', 'smtp; 550'),
          ],
        }),
        'latin1',
      ),
    ['failed', 'failed', true],
  ],
  [
    'a queue that gave up after hours',
    (mail) =>
      report({
        fields: ['Reporting-MTA: dns; x', '', ...to(mail, 'failed', '4.4.1', 'X-Postfix; connect to mx: timed out')],
      }),
    ['failed', 'failed', false],
    /timed out/,
  ],
  [
    'a full mailbox that was given up, in the words of a 550',
    (mail) =>
      report({ fields: ['Reporting-MTA: dns; x', '', ...to(mail, 'failed', '4.2.2', 'smtp; 550 4.2.2 over quota')] }),
    ['failed', 'failed', false],
  ],
  [
    'one member of a group, or the end of a forwarding',
    () =>
      report({
        fields: [
          'Reporting-MTA: dns; x',
          '',
          ...to('left@firm.example', 'failed', '5.1.1', 'smtp; 550 5.1.1 no such user'),
        ],
      }),
    ['failed', 'failed', false],
  ],
  [
    'a failure whose words hold a zero',
    (mail) => report({ fields: ['Reporting-MTA: dns; x', '', ...to(mail, 'failed', '5.7.1', 'smtp; 554 \0refused')] }),
    ['failed', 'failed', false],
  ],
  [
    'qmail, which has no parts',
    (mail) =>
      lines(
        'From: MAILER-DAEMON@qmail.example',
        'Subject: failure notice',
        '',
        'Hi. This is the qmail-send program at qmail.example.',
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "This is a permanent error; I've given up. Sorry it didn't work out.",
        '',
        `<${mail}>:`,
        'Sorry, no mailbox here by that name. (#5.1.1)',
        '',
        '--- Below this line is a copy of the message.',
        '',
      ),
    ['failed', 'failed', true],
    /no mailbox here by that name/,
  ],
  [
    'Exim, by its header',
    (mail) =>
      lines(
        `X-Failed-Recipients: ${mail}`,
        'Auto-Submitted: auto-replied',
        'Subject: Mail delivery failed',
        '',
        'See below.',
        '',
      ),
    ['failed', 'failed', false],
  ],
  ...(['delayed', 'relayed', 'expanded', 'delivered', 'unheard-of'] as const).map(
    (action): Shape => [
      `a report that it was ${action}`,
      (mail) =>
        report({
          fields: [
            'Reporting-MTA: dns; x',
            '',
            ...to(mail, action, action === 'delayed' ? '4.4.7' : '2.0.0', 'smtp; 250 ok'),
          ],
        }),
      ['sent', action === 'delayed' ? 'delayed' : 'other', false],
    ],
  ),
  [
    'a vacation note',
    () =>
      lines(
        'Subject: =?UTF-8?B?5LiN5Zyo?=',
        'Auto-Submitted: auto-replied',
        '',
        'Hi. This is Taro.',
        '',
        'I am away.',
        '',
      ),
    ['sent', 'no_report', false],
  ],
  [
    'a report that a gateway wrapped in a mail of its own',
    (mail) =>
      lines(
        'From: MAILER-DAEMON@mail.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="outer"',
        '',
        '--outer',
        report({
          fields: ['Reporting-MTA: dns; x', '', ...to(mail, 'failed', '5.1.1', 'smtp; 550 5.1.1 User unknown')],
        })
          .split('\r\n')
          .slice(2)
          .join('\r\n'),
        '--outer',
        'Content-Type: text/plain',
        '',
        'Looked at by a gateway.',
        '--outer--',
        '',
      ),
    ['failed', 'failed', true],
  ],
  [
    'a report that forgot to say of which type it is',
    (mail) =>
      report({
        fields: ['Reporting-MTA: dns; x', '', ...to(mail, 'failed', '5.1.1', 'smtp; 550 5.1.1 User unknown')],
      }).replace(' report-type=delivery-status;', ''),
    ['failed', 'failed', true],
  ],
  [
    'plain words that name a mailbox and, below it, the refusal',
    (mail) =>
      lines(
        'From: MAILER-DAEMON@carrier.example',
        'Subject: Failure Notice',
        '',
        'We could not deliver your mail to this address.',
        '',
        `<${mail}>:`,
        `554: delivery error: dd This user doesn't have a carrier.example account (${mail}) [-5]`,
        '',
        '--- Original message follows.',
        '',
        'other@firm.example',
        '550 5.1.1 nothing to do with it',
      ),
    ['failed', 'failed', true],
    /^554: delivery error/,
  ],
  [
    'plain words that name a mailbox at the end of a line, in the code of a carrier',
    (mail) =>
      lines(
        'From: MAILER-DAEMON@carrier.example',
        'Subject: Mail Delivery Failure',
        'Content-Type: text/plain; charset=iso-2022-jp',
        '',
        `These recipients could not be reached: ${mail}`,
        `550 Invalid recipient: <${mail}>`,
        '',
      ),
    ['failed', 'failed', true],
  ],
  [
    'plain words that refuse for another reason than the mailbox',
    (mail) =>
      lines(
        'From: postmaster@carrier.example',
        'Subject: Undeliverable',
        '',
        `${mail}`,
        '554 5.7.1 blocked by policy',
        '',
      ),
    ['failed', 'failed', false],
  ],
  [
    'plain words that name no mailbox and no number',
    () =>
      lines(
        'From: MAILER-DAEMON@carrier.example',
        'Subject: =?UTF-8?B?6YWN5L+h44Gn44GN44G+44Gb44KT?=',
        '',
        'Sorry!',
        '',
      ),
    ['perhaps', 'no_report', false],
    /could not be read/,
  ],
  [
    'plain words made to be slow to read',
    () => lines('From: MAILER-DAEMON@carrier.example', 'Subject: Undeliverable', '', `x@${'.'.repeat(9000)}<`, '550 x'),
    ['perhaps', 'no_report', false],
  ],
  [
    'a person who writes about a failure',
    (mail) => lines('From: somebody@firm.example', 'Subject: Re: notice', '', `${mail} says:`, '550 No such user', ''),
    ['sent', 'no_report', false],
  ],
  [
    'a mail that quotes a report',
    (mail) => lines('Subject: Fwd', '', ...to(mail, 'failed', '5.1.1', 'smtp; 550 5.1.1'), ''),
    ['sent', 'no_report', false],
  ],
]

for (const [what, mail, [state, finding, is_stopped], answer] of shapes)
  test(`what came back is read in the shape of its program: ${what}`, async () => {
    const [one, other] = await sent()
    await comeBack(one.id, mail(one.mail))
    const came = await outcomeOf(one)
    assert.deepEqual([came.state, came.finding, came.is_stopped], [state, finding, is_stopped])
    if (answer) assert.match(came.answer ?? '', answer)
    const beside = await outcomeOf(other)
    assert.deepEqual([beside.state, beside.is_stopped, beside.finding], ['sent', false, undefined])
  })

test('a report that quotes the mail of somebody else is about whose return path it came to, and stops neither', async () => {
  const [one, other] = await sent()
  const quoting = report({
    fields: ['Reporting-MTA: dns; x', '', ...to(other.mail, 'failed', '5.1.1', 'smtp; 550 5.1.1')],
  })
  await comeBack(one.id, quoting.replace('Subject:', `X-Return: bounce+${other.id}@market.example\r\nSubject:`))
  assert.deepEqual([(await outcomeOf(one)).is_stopped, (await outcomeOf(other)).is_stopped], [false, false])
  assert.equal((await outcomeOf(other)).state, 'sent')
})

test('reports that go on for ever, or one in the other, end', async () => {
  const [one] = await sent()
  const fields = Array.from({ length: 20_000 }, (_, at) => [
    '',
    ...to(`m${at}@firm.example`, 'expanded', '2.0.0', 'x'),
  ]).flat()
  await comeBack(one.id, report({ fields: ['Reporting-MTA: dns; x', ...fields] }))
  await comeBack(
    one.id,
    `Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n${'--b\r\n'.repeat(100_000)}`,
  )
  assert.equal((await outcomeOf(one)).state, 'sent')
})

test('what came back and could not be read is there for a person, with the delivery that it is about', async () => {
  const [one] = await sent()
  const odd = lines(
    'From: MAILER-DAEMON@carrier.example',
    'Subject: Mail Delivery Failure',
    '',
    'お届けできませんでした。<b>',
    '',
  )
  for (let times = 0; times < 2; times++) await comeBack(one.id, odd)
  assert.equal((await outcomeOf(one)).state, 'perhaps')
  const shown = await site.main(await site.as('secretariat'), `/deliveries/${one.id}`)
  assert.match(shown, /読み取れずに戻ったメール[\s\S]*お届けできませんでした。&lt;b&gt;/)
  assert.match(shown, /読み取れませんでした/)
  const { notice_id } = await site.db
    .selectFrom('delivery')
    .where('id', '=', one.id)
    .select('notice_id')
    .executeTakeFirstOrThrow()
  const told = (await site.trailOf(`/notices/${notice_id}`)).filter(({ details }) => details.bounced === one.id)
  assert.deepEqual(
    told.map(({ action, details }) => [action, details.failed, details.perhaps]),
    [['delivery.failed', 0, 1]],
  )
})
