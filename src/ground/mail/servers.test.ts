import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { type Mail, mustEncrypt, type Outcome, openTransport } from './transport.ts'

/** What a server says at each stage of a mail, byte for byte; null: it hangs up instead. */
type Says = Partial<Record<'greeting' | 'EHLO' | 'STARTTLS' | 'MAIL' | 'RCPT' | 'DATA' | 'end', string | null>>
const usual: Says = {
  greeting: '220 x',
  EHLO: '250 x',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  end: '250 taken',
}

/** Speaks SMTP badly, as told, and counts the mails that it has seen whole. */
async function badServer(says: Says) {
  const words: Says = { ...usual, ...says }
  const open = new Set<Socket>()
  let whole = 0
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)))
    const say = (stage: keyof Says) => {
      const answer = words[stage]
      if (answer === null) return void socket.destroy()
      socket.write(`${answer ?? '502 what?'}\r\n`)
    }
    let is_data = false
    let heard = ''
    socket.on('data', (bytes) => {
      heard += bytes
      for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
        const line = heard.slice(0, end)
        heard = heard.slice(end + 2)
        if (is_data && line !== '.') continue
        if (is_data) {
          is_data = false
          whole++
          say('end')
          continue
        }
        const stage = line.split(/[ :]/)[0]?.toUpperCase() as keyof Says
        if (stage === 'DATA' && words.DATA?.startsWith('354')) is_data = true
        say(stage)
      }
    })
    say('greeting')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    whole: () => whole,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const mail: Mail = {
  message_id: '<1@market.example>',
  mode: 'actual',
  date: new Date('2027-01-15T00:00:00Z'),
  to: { name: '架空 花子', address: 'hanako@firm.example' },
  subject: '売買停止のお知らせ',
  text: 'text',
}

const cases: [what: string, says: Says, kind: Outcome['kind'], is_server_lost: boolean, answer: RegExp][] = [
  ['closes before it greets', { greeting: null }, 'held', true, /ECONNECTION|closed|ESOCKET|ECONNRESET/],
  ['greets with a refusal', { greeting: '554 no service for you' }, 'held', true, /554 no service/],
  ['greets as too busy', { greeting: '421 too busy' }, 'held', true, /421 too busy/],
  [
    'greets in another language than SMTP',
    { greeting: 'HTTP/1.1 400 Bad Request' },
    'held',
    true,
    /HTTP|Invalid greeting/,
  ],
  ['closes after its greeting', { EHLO: null }, 'held', true, /./],
  [
    'offers encryption and then cannot',
    { EHLO: '250-x\r\n250 STARTTLS', STARTTLS: '454 TLS not available' },
    'held',
    true,
    /454 TLS not available|STARTTLS/,
  ],
  ['offers encryption and talks plain then', { EHLO: '250-x\r\n250 STARTTLS', STARTTLS: '220 go' }, 'held', true, /./],
  ['hangs up on the sender', { MAIL: null }, 'held', true, /./],
  [
    'puts the recipient off, on several lines',
    { RCPT: '450-4.2.0 greylisted,\r\n450-4.2.0 come\r\n450 4.2.0 back' },
    'deferred',
    false,
    /450.*greylisted.*back/,
  ],
  [
    'refuses the recipient, on several lines',
    { RCPT: '550-5.1.1 no\r\n550 5.1.1 such user' },
    'refused',
    false,
    /550.*such user/,
  ],
  ['closes at the recipient with 421', { RCPT: '421 4.3.2 shutting down' }, 'deferred', true, /421 4\.3\.2/],
  ['has no room left, at the recipient', { RCPT: '452 4.2.2 mailbox full' }, 'deferred', false, /452/],
  ['says something that is no answer to the recipient', { RCPT: 'who?' }, 'held', true, /who/],
  ['puts the text off', { DATA: '451 4.3.0 later' }, 'deferred', false, /451/],
  ['refuses the text', { DATA: '554 5.7.1 no' }, 'refused', false, /554/],
  ['hangs up when the text is to come', { DATA: null }, 'held', true, /./],
  ['puts the whole mail off', { end: '451 4.7.1 later' }, 'deferred', false, /451/],
  ['finds the whole mail too large', { end: '552 5.3.4 too large' }, 'refused', false, /552/],
  ['finds the mailbox full with 552', { end: '552 5.2.2 over quota' }, 'refused', false, /552/],
  ['closes after the whole mail with 421', { end: '421 4.3.2 shutting down' }, 'deferred', true, /421/],
  ['hangs up after the whole mail', { end: null }, 'perhaps', false, /./],
  ['says something that is no answer after the whole mail', { end: 'thanks!' }, 'perhaps', false, /./],
  ['takes it on several lines', { end: '250-2.0.0 taken\r\n250 2.0.0 as 4ABCD' }, 'sent', false, /taken.*4ABCD/],
  [
    'answers with control characters and at length',
    { end: `250 \x1b[31m${'x'.repeat(5000)}` },
    'sent',
    false,
    /^.{1,500}$/,
  ],
]

for (const [what, says, kind, is_server_lost, answer] of cases)
  test(`fault 10: a mail server that ${what}: ${kind}`, { timeout: 60_000 }, async () => {
    const server = await badServer(says)
    const transport = openTransport({ smtp_url: server.url, mail_from: 'noroshi@market.example' })
    try {
      const outcome = await transport.send(mail)
      assert.deepEqual([outcome.kind, outcome.is_server_lost], [kind, is_server_lost], JSON.stringify(outcome))
      assert.match(outcome.answer, answer)
      assert.equal(server.whole(), 'end' in says ? 1 : 0)
    } finally {
      transport.close()
      await server.close()
    }
  })

test('nothing that a name, a subject or an address holds begins a header or another recipient', async () => {
  const seen: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 x\r\n')
    let is_data = false
    socket.on('data', (bytes) => {
      const text = bytes.toString()
      seen.push(text)
      if (is_data && text.endsWith('\r\n.\r\n')) is_data = false
      else if (is_data) return
      else if (text.startsWith('DATA')) is_data = true
      socket.write(is_data ? '354 go\r\n' : '250 ok\r\n')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const transport = openTransport({ smtp_url: `smtp://127.0.0.1:${port}`, mail_from: 'noroshi@market.example' })
  const evil = 'a\r\nBcc: evil@evil.example\r\n\r\nX: \u2028\0"<evil@evil.example>,'
  const sent = await transport.send({ ...mail, subject: evil, to: { name: evil, address: 'hanako@firm.example' } })
  assert.equal(sent.kind, 'sent')
  for (const address of [
    'a@b.example\r\nRCPT TO:<evil@evil.example>',
    'a@b.example,evil@evil.example',
    '<a@b.example>',
    'a b@c.example',
    '',
    '@',
    'a@b@c',
  ])
    assert.equal((await transport.send({ ...mail, to: { name: 'x', address } })).kind, 'refused', address)
  transport.close()
  server.close()
  const whole = seen.join('')
  assert.deepEqual(whole.match(/^RCPT TO:.*$/gm), ['RCPT TO:<hanako@firm.example>'])
  assert.doesNotMatch(whole, /^(Bcc|X): /m)
})

for (const [url, mode, must] of [
  ['smtp://relay.example', 'production', true],
  ['smtp://relay.example:587?ignoreTLS=true', 'production', true],
  ['smtp://10.0.0.1', 'production', true],
  ['smtp://portal:pw@relay.example', 'demo', true],
  ['smtp://relay.example', 'demo', false],
  ['smtps://portal:pw@relay.example', 'production', false],
  ['smtp://127.0.0.1:2525', 'production', false],
  ['smtp://localhost', 'production', false],
  ['smtp://portal:pw@[::1]:2525', 'production', false],
] as const)
  test(`mail over ${url} in ${mode} ${must ? 'must' : 'need not'} be encrypted by STARTTLS`, () => {
    assert.equal(mustEncrypt(url, mode), must)
  })

test('a server off this machine that offers no encryption gets neither the password nor a mail, and what to do is said', async () => {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 x\r\n')
    socket.on('data', (bytes) => {
      heard.push(bytes.toString())
      socket.write(bytes.toString().startsWith('EHLO') ? '250-x\r\n250 AUTH PLAIN LOGIN\r\n' : '502 what?\r\n')
    })
  })
  await once(server.listen(0, '0.0.0.0'), 'listening')
  const { port } = server.address() as AddressInfo
  // Not one of the names of this machine, and leads to it all the same.
  for (const more of ['', '?ignoreTLS=true', '?requireTLS=false']) {
    const smtp_url = `smtp://portal:open-sesame@0.0.0.0:${port}/${more}`
    const transport = openTransport({ smtp_url, mail_from: 'noroshi@market.example', mode: 'production' })
    const outcome = await transport.send(mail)
    assert.deepEqual([outcome.kind, outcome.is_server_lost], ['held', true], outcome.answer)
    for (const said of [outcome.answer, await transport.check()]) assert.match(said ?? '', /STARTTLS.*SMTP_URL=smtps:/)
    transport.close()
  }
  server.close()
  assert.doesNotMatch(heard.join(''), /AUTH|open-sesame|MAIL FROM/)
})
