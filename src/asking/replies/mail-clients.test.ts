import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import { linkToken } from '#delivery/deliveries/index.ts'
import { receiptOf, recipientsOf, repliesOf, sendTest, writeTo } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

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

async function asked() {
  now = new Date(now.getTime() + 120 * 60_000)
  const { id } = await sendTest(site, ['SEC-001'])
  const [first] = await recipientsOf(site, id, 'SEC-001')
  return first!
}
type Person = Awaited<ReturnType<typeof asked>>
type Mail = { from?: string; envelope_from?: string; head?: string[]; body: string | Buffer }
/** A mail byte for byte, as some program wrote it. */
const write = (person: Person, { from = person.mail, envelope_from = from, head = [], body }: Mail) =>
  writeTo(port, {
    envelope_from,
    to: `reply+${person.token}@market.example`,
    raw: Buffer.concat([
      Buffer.from(
        [
          `From: =?ISO-2022-JP?B?GyRCMk02dRsoQg==?= <${from}>`,
          `Message-ID: <${crypto.randomUUID()}@x>`,
          'MIME-Version: 1.0',
          ...head,
          '\r\n',
        ].join('\r\n'),
      ),
      Buffer.from(body),
    ]),
  })
const last = async () => (await repliesOf(site)).at(-1)

const parts = (boundary: string, ...each: string[]) =>
  [...each.map((part) => `--${boundary}\r\n${part}\r\n`), `--${boundary}--\r\n`].join('')
const plain = (text: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`
const quoted = '\r\n\r\n> 【訓練】通知\r\n> 1 確認しました\r\n'
/** 「1 異常なし」 */
const jis = Buffer.from('MSAbJEIwWz5vJEokNxsoQg==', 'base64')
const shift_jis = Buffer.from('MSCI2Y/tgsiCtQ==', 'base64')

for (const [what, mail] of [
  ['ISO-2022-JP in 7 bits', { head: ['Content-Type: text/plain; charset=ISO-2022-JP'], body: jis }],
  ['ISO-2022-JP that does not say so', { head: ['Content-Type: text/plain'], body: jis }],
  ['ISO-2022-JP under a name of its own', { head: ['Content-Type: text/plain; charset=iso-2022-jp-ms'], body: jis }],
  ['ISO-2022-JP said to be ASCII', { head: ['Content-Type: text/plain; charset=us-ascii'], body: jis }],
  ['Shift_JIS of a phone', { head: ['Content-Type: text/plain; charset=cp932'], body: shift_jis }],
  [
    'quoted-printable',
    {
      head: ['Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: quoted-printable'],
      body: `=EF=BC=91=E3=80=80=E3=81=99=E3=81=B9=E3=81=A6=\r\n=E6=AD=A3=E5=B8=B8\r\n${quoted}`,
    },
  ],
  [
    'base64, format=flowed',
    {
      head: ['Content-Type: text/plain; charset=UTF-8; format=flowed', 'Content-Transfer-Encoding: base64'],
      body: Buffer.from(Buffer.from(`１。${quoted}`).toString('base64')),
    },
  ],
  [
    'two forms of one text',
    {
      head: ['Content-Type: multipart/alternative; boundary=b'],
      body: parts('b', plain(`1${quoted}`), 'Content-Type: text/html\r\n\r\n<p>1</p><blockquote>2</blockquote>'),
    },
  ],
  [
    'HTML beside an empty text',
    {
      head: ['Content-Type: multipart/alternative; boundary=b'],
      body: parts('b', plain('\r\n \r\n'), 'Content-Type: text/html\r\n\r\n<html><body><p>&#65297;</p></body></html>'),
    },
  ],
  [
    'a folded subject in two encoded words, to many',
    {
      head: [
        'Subject: Re: =?ISO-2022-JP?B?GyRCRH5OYxsoQg==?=\r\n =?ISO-2022-JP?B?GyRCRH5OYxsoQg==?=',
        'To: a@market.example, "x, y" <b@market.example>,\r\n\tc@market.example',
        'Cc: undisclosed-recipients:;',
      ],
      body: '1\r\n',
    },
  ],
  ['a signature as phones write it', { head: [], body: '1\r\n\r\n\r\nAndroidから送信\r\n' }],
  [
    'a photo of ten megabytes behind it',
    {
      head: ['Content-Type: multipart/mixed; boundary=b'],
      body: parts(
        'b',
        plain('1'),
        `Content-Type: image/jpeg; name="a.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(135_000)}`,
      ),
    },
  ],
] satisfies [string, Mail][])
  test(`a reply is read as mail programs write it: ${what}`, async () => {
    const person = await asked()
    await write(person, mail)
    const kept = await last()
    assert.deepEqual([kept?.finding, kept?.recipient_id], ['taken', person.id], kept?.text ?? '')
    assert.doesNotMatch(kept?.text ?? '', /\$B|�/)
    assert.equal((await receiptOf(site, person.receipt_id)).closed_how, 'answered')
  })

for (const [what, mail, finding] of [
  ['with nothing in it', { body: '\r\n' }, 'unclear'],
  ['that is one attachment', { head: ['Content-Type: image/png'], body: '1' }, 'unclear'],
  [
    'of two thousand parts, one in the other',
    { head: ['Content-Type: multipart/mixed; boundary=b'], body: nested(2000) },
    null,
  ],
  [
    'with zeros and halves of characters',
    { head: ['X: \0'], body: Buffer.from([0x32, 0, 0xed, 0xa0, 0x80, 0x0a]) },
    'unclear',
  ],
  [
    'that was sent while away, and says so in its subject',
    { head: ['Subject: =?UTF-8?B?44CQ6Ieq5YuV6L+U5L+h44CR5LiN5Zyo?='], body: '1' },
    'automatic',
  ],
  ['that was sent while away, and says so in words only', { body: '1月20日まで休暇をいただいております。' }, 'unclear'],
  ['from a mailing list', { head: ['List-Id: <x.example>'], body: '1' }, 'automatic'],
] satisfies [string, Mail, string | null][])
  test(`a mail ${what} is kept, and is no answer`, async () => {
    const person = await asked()
    await write(person, mail).catch((error: Error) => assert.match(error.message, /\b5\d\d\b/))
    const kept = await last()
    if (finding !== null) assert.deepEqual([kept?.finding, kept?.recipient_id], [finding, person.id])
    assert.equal((await receiptOf(site, person.receipt_id)).closed_at, null)
  })

function nested(depth: number): string {
  let text = '1'
  for (let at = depth; at > 0; at--)
    text = `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n${text}`
  return text
}

for (const [what, envelope, finding] of [
  ['tagged by their server (BATV)', (name: string, host: string) => `prvs=1234abcdef=${name}@${host}`, 'taken'],
  ['tagged by their filter', (name: string, host: string) => `btv1==123abc==${name}@${host}`, 'taken'],
  [
    'rewritten by our own server (SRS)',
    (name: string, host: string) => `SRS0=ab+4=XY=${host}=${name}@market.example`,
    'taken',
  ],
  [
    'rewritten twice, last by ours',
    (name: string, host: string) => `SRS1=AbCd=relay.example==ab4=XY=${host}=${name}@mx.market.example`,
    'taken',
  ],
  ['rewritten by ours past reading', () => 'bounces+SRS=44ldt=IX@market.example', 'taken'],
  ['rewritten by ours, of somebody else', () => 'SRS0=ab+4=XY=evil.example=attacker@market.example', 'other_sender'],
  [
    'rewritten by a stranger',
    (name: string, host: string) => `SRS0=ab+4=XY=${host}=${name}@evil.example`,
    'other_sender',
  ],
  ['of a host that ends like ours', () => 'bounces+SRS=44ldt=IX@evilmarket.example', 'other_sender'],
  [
    'tagged for them by a stranger',
    (name: string, _host: string) => `prvs=1234abcdef=${name}@evil.example`,
    'other_sender',
  ],
] as const)
  test(`a reply whose envelope was ${what}: ${finding}`, async () => {
    const person = await asked()
    const [name = '', host = ''] = person.mail.split('@')
    await write(person, { envelope_from: envelope(name, host), body: '1\r\n' })
    assert.equal((await last())?.finding, finding)
    assert.equal((await receiptOf(site, person.receipt_id)).closed_how, finding === 'taken' ? 'answered' : null)
  })

test('an envelope that our server rewrote does not make a stranger of the From line somebody else', async () => {
  const person = await asked()
  await write(person, {
    from: 'attacker@evil.example',
    envelope_from: 'bounces+SRS=44ldt=IX@market.example',
    body: '1',
  })
  assert.equal((await last())?.finding, 'other_sender')
  assert.equal((await receiptOf(site, person.receipt_id)).closed_at, null)
})

test('a token with one letter changed, cut, or made with another secret is no address here; one in capitals is', async () => {
  const person = await asked()
  const { token } = person
  const other = token[9] === 'a' ? 'b' : 'a'
  for (const forged of [
    token.slice(0, 9) + other + token.slice(10),
    token.slice(1),
    `${token}0`,
    linkToken('another secret of thirty-two letters', person.number),
  ])
    await assert.rejects(
      writeTo(port, { from: person.mail, to: `reply+${forged}@market.example`, text: '1' }),
      /550/,
      forged,
    )
  assert.equal((await receiptOf(site, person.receipt_id)).closed_at, null)
  await writeTo(port, { from: person.mail.toUpperCase(), to: `REPLY+${token.toUpperCase()}@MARKET.example`, text: '1' })
  assert.equal((await receiptOf(site, person.receipt_id)).closed_how, 'answered')
})

test('a mail with zeros and broken codes in every header is kept, not put off for ever', async () => {
  const person = await asked()
  const before = (await repliesOf(site)).length
  const head = [
    `From: "\0=?UTF-8?B?AO2ggA==?=" <${person.mail}>`,
    'Message-ID: <a\0=?UTF-8?B?AA==?=b@x>',
    'Subject: =?UTF-8?Q?=00=ED=A0=80?= \0',
    'Content-Type: text/plain; charset="\0"',
  ]
  const raw = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from([0x31, 0x0d, 0x0a, 0, 0xff])])
  await writeTo(port, { envelope_from: person.mail, to: `reply+${person.token}@market.example`, raw })
  assert.equal((await repliesOf(site)).length, before + 1)
})
