import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { type Received, testMessage, testReceiver } from '#tests/kit/messages.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import type { Channel, Message } from './channel.ts'
import { openWebhookChannel } from './webhook.ts'
import { webhookHeaders, webhookSecret } from './webhook-secret.ts'

let site: TestSite
let channel: Channel
/** Of SEC-001 and of SEC-002: a contact each, to whom addresses are added. */
const contacts: Record<string, { id: string; institution_id: string }> = {}
let now = new Date('2027-01-15T09:00:00Z')

before(async () => {
  site = await testSite({ config: { webhook_loopback: true }, clock: () => now })
  channel = openWebhookChannel(site.tools, { timeout_ms: 300 })
  for (const code of ['SEC-001', 'SEC-002'])
    contacts[code] = await site.db
      .selectFrom('contact')
      .innerJoin('institution', 'institution.id', 'contact.institution_id')
      .where('code', '=', code)
      .select(['contact.id', 'institution_id'])
      .limit(1)
      .executeTakeFirstOrThrow()
})
beforeEach(() => {
  now = new Date('2027-01-15T09:00:00Z')
})
after(() => site.close())

test('the example of Standard Webhooks is signed as it says', () => {
  const secret = `whsec_${Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64').toString('base64')}`
  const headers = webhookHeaders(
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    '{"test": 2432232314}',
    [secret],
    new Date(1614265330e3),
  )
  assert.deepEqual(headers, {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('a firm’s server gets the notice, signed with the secret that the firm was shown', async () => {
  const receiver = await testReceiver()
  const address_id = await webhookAt(receiver.url)
  const outcome = await channel.send(hook(receiver.url, { mode: 'exercise', link: 'https://bcp.example/answers/x' }))
  assert.deepEqual(outcome, { kind: 'sent', answer: '204', is_server_lost: false })
  const [got] = receiver.received
  assert.deepEqual(JSON.parse(got!.body), {
    type: 'notice.sent',
    timestamp: '2027-01-15T09:00:00.000Z',
    data: {
      notice_id: testMessage({ address: '' }).notice_id,
      mode: 'exercise',
      severity: 'urgent',
      label: 'TLP:AMBER',
      subject: '売買停止のお知らせ',
      text: '蒼天証券取引所は売買を停止しました。\n次のお知らせは10時です。',
      link: 'https://bcp.example/answers/x',
    },
  })
  assert.ok(isSigned(got!, webhookSecret(site.tools.config.secret, { contact_address_id: address_id, generation: 1 })))
  assert.ok(!isSigned(got!, webhookSecret(site.tools.config.secret, { contact_address_id: address_id, generation: 2 })))
  assert.equal(got?.headers['content-type'], 'application/json')
  await receiver.close()
})

test('a repeat carries the same id and the same body, and the time of its own attempt', async () => {
  const receiver = await testReceiver()
  await webhookAt(receiver.url)
  await channel.send(hook(receiver.url))
  now = new Date(now.getTime() + 600_000)
  await channel.send(hook(receiver.url))
  const [first, second] = receiver.received
  assert.equal(first?.headers['webhook-id'], '0197f4e0_1_noroshi_example')
  assert.deepEqual([second?.headers['webhook-id'], second?.body], [first?.headers['webhook-id'], first?.body])
  assert.equal(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp']), 600)
  await receiver.close()
})

test('for a day after a new secret both sign, then only the new one', async () => {
  const receiver = await testReceiver()
  const contact_address_id = await webhookAt(receiver.url)
  await site.db
    .insertInto('webhook_endpoint')
    .values({ contact_address_id, institution_id: contacts['SEC-001']!.institution_id, generation: 2, rotated_at: now })
    .execute()
  const [before, secret] = [1, 2].map((generation) =>
    webhookSecret(site.tools.config.secret, { contact_address_id, generation }),
  ) as [string, string]
  now = new Date(now.getTime() + 24 * 3_600_000 - 1)
  await channel.send(hook(receiver.url))
  assert.deepEqual(
    [before, secret].map((each) => isSigned(receiver.received.at(-1)!, each)),
    [true, true],
  )
  now = new Date(now.getTime() + 1)
  await channel.send(hook(receiver.url))
  assert.deepEqual(
    [before, secret].map((each) => isSigned(receiver.received.at(-1)!, each)),
    [false, true],
  )
  await receiver.close()
})

test('another institution that enters the same URL gets no message of this one, and has a secret of its own', async () => {
  const receiver = await testReceiver()
  const theirs = await webhookAt(receiver.url, 'SEC-002')
  assert.equal((await channel.send(hook(receiver.url))).kind, 'refused')
  assert.equal(receiver.received.length, 0)
  const ours = await webhookAt(receiver.url)
  await channel.send(hook(receiver.url))
  const [got] = receiver.received
  const secretOf = (contact_address_id: string) =>
    webhookSecret(site.tools.config.secret, { contact_address_id, generation: 1 })
  assert.deepEqual([isSigned(got!, secretOf(ours)), isSigned(got!, secretOf(theirs))], [true, false])
  await receiver.close()
})

for (const [status, kind] of [
  [200, 'sent'],
  [202, 'sent'],
  [301, 'refused'],
  [307, 'refused'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [408, 'deferred'],
  [429, 'deferred'],
  [500, 'deferred'],
  [503, 'deferred'],
] as const)
  test(`a server that answers ${status}: ${kind}, and goes on to be asked`, async () => {
    const elsewhere = await testReceiver()
    const receiver = await testReceiver(() => ({ status, headers: { location: elsewhere.url } }))
    const contact_address_id = await webhookAt(receiver.url)
    const outcome = await channel.send(hook(receiver.url))
    assert.deepEqual([outcome.kind, outcome.is_server_lost], [kind, false])
    assert.deepEqual([receiver.received.length, elsewhere.received.length], [1, 0])
    assert.equal((await stateOf(contact_address_id))?.disabled_at ?? null, null)
    await receiver.close()
    await elsewhere.close()
  })

test('a server that answers 410 is not asked again, with a line in the trail', async () => {
  // Two at once, answered when both are there: one line.
  const asked: (() => void)[] = []
  const receiver = await testReceiver(() => (response) => {
    asked.push(() => response.writeHead(410).end('gone\r\nfor good'))
    if (asked.length === 2) for (const answer of asked) answer()
  })
  const contact_address_id = await webhookAt(receiver.url)
  const both = await Promise.all([1, 2].map(() => channel.send(hook(receiver.url))))
  assert.deepEqual(
    both.map(({ kind }) => kind),
    ['refused', 'refused'],
  )
  assert.equal((await stateOf(contact_address_id))?.disabled_reason, '410 gone for good')
  const lines = (await site.trail()).filter(({ details }) => details.address_id === contact_address_id)
  assert.deepEqual(
    lines.map(({ action, who }) => [action, who]),
    [['webhook.disabled', 'channels']],
  )
  assert.equal((await channel.send(hook(receiver.url))).kind, 'refused')
  assert.equal(receiver.received.length, 2)
  await receiver.close()
})

test('fault 10: a server that is slow, hangs up, or answers after the connection is cut: deferred, and the same id again', async () => {
  const late: (() => void)[] = []
  let cut = false
  const receiver = await testReceiver(() => (response, socket) => {
    if (cut) return socket.destroy()
    late.push(() => response.writeHead(200).end('ok'))
  })
  await webhookAt(receiver.url)
  const slow = await channel.send(hook(receiver.url))
  assert.deepEqual([slow.kind, slow.answer, slow.is_server_lost], ['perhaps', 'no answer within 300 ms', false])
  for (const answer of late) answer()
  cut = true
  const lost = await channel.send(hook(receiver.url))
  assert.deepEqual([lost.kind, lost.is_server_lost], ['perhaps', false])
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  await receiver.close()
})

test('a server that says 200 and never ends its answer has taken the message; a head without end is no answer', async () => {
  const endless = await testReceiver(() => (response) => response.writeHead(200).write('x'))
  await webhookAt(endless.url)
  assert.equal((await channel.send(hook(endless.url))).kind, 'sent')
  await endless.close()

  const raw = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 200 OK\r\n')
    const more = () => {
      while (!socket.destroyed) if (!socket.write(`x: ${'x'.repeat(1000)}\r\n`)) return socket.once('drain', more)
      return socket
    }
    more()
  })
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve))
  const { port } = raw.address() as { port: number }
  const url = `http://127.0.0.1:${port}/`
  await webhookAt(url)
  assert.equal((await channel.send(hook(url))).kind, 'perhaps')
  await new Promise((resolve) => raw.close(resolve))
  // Now nobody listens there at all.
  const away = await channel.send(hook(url))
  assert.deepEqual([away.kind, away.is_server_lost], ['deferred', false])
  assert.match(away.answer, /ECONNREFUSED/)
})

test('an id or a text that would begin a header of its own stays in its place', async () => {
  const receiver = await testReceiver()
  await webhookAt(receiver.url)
  const evil = 'x\r\nwebhook-signature: v1,forged\r\n\r\nGET / HTTP/1.1'
  const outcome = await channel.send(hook(receiver.url, { message_id: `<${evil}>`, subject: evil, notice_id: evil }))
  assert.equal(outcome.kind, 'sent')
  assert.equal(receiver.received.length, 1)
  assert.match(String(receiver.received[0]?.headers['webhook-id']), /^[\w-]+$/)
  assert.equal(JSON.parse(receiver.received[0]!.body).data.subject, evil)
  await receiver.close()
})

// What the form for addresses refuses, too; a roster or a line in the database may bring them all the same.
for (const url of [
  'http://hooks.example/x',
  'https://user:word@hooks.example/x',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::ffff:127.0.0.1]/x',
  'https://[::1]/x',
  'https://[64:ff9b::7f00:1]/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://017700000001/x',
  'https://127.0.0.1/x',
  'https://93.184.216.34/x',
  'https://hooks.example:22/x',
  'https://hooks.example:5432/x',
  'https://localhost/x',
  'https://localhost./x',
  'https://localhost:8443/x',
  'ftp://hooks.example/x',
  'file:///etc/passwd',
  'not a URL',
])
  test(`ASVS 1.3.6: a message to ${url} goes nowhere`, async () => {
    const market = openWebhookChannel(
      { ...site.tools, config: { ...site.tools.config, webhook_loopback: false } },
      { timeout_ms: 2000, ...(url.includes('hooks') && { resolve: async () => assert.fail('nobody may be asked') }) },
    )
    await webhookAt(url)
    assert.equal((await market.send(hook(url))).kind, 'refused')
  })

test('the program goes to its own machine only where its settings allow it', async () => {
  const receiver = await testReceiver()
  await webhookAt(receiver.url)
  const market = openWebhookChannel({ ...site.tools, config: { ...site.tools.config, webhook_loopback: false } })
  assert.equal((await market.send(hook(receiver.url))).kind, 'refused')
  assert.equal(receiver.received.length, 0)
  await receiver.close()
})

for (const [what, addresses] of Object.entries({
  'to this machine': ['127.0.0.1'],
  'to a server of a cloud’s own': ['169.254.169.254'],
  'to one open and one private address': ['93.184.216.34', '10.0.0.1'],
  'to this machine in IPv6': ['::1'],
  'to this machine in mapped IPv4': ['::ffff:127.0.0.1'],
}))
  test(`ASVS 1.3.6: a name that leads ${what} is refused when the connection is made`, async () => {
    const url = `https://hooks-${addresses.join('-').replace(/[^0-9a-f]/g, '')}.example/x`
    await webhookAt(url)
    let asked = 0
    const market = openWebhookChannel(site.tools, {
      timeout_ms: 2000,
      async resolve() {
        asked++
        return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
      },
    })
    const outcome = await market.send(hook(url))
    assert.equal(outcome.kind, 'refused')
    assert.ok(outcome.answer.includes(addresses.at(-1)!), outcome.answer)
    // The name is looked up once, by the connection itself: there is no second look that could find something else.
    assert.equal(asked, 1)
  })

test('a name that is not found is deferred: its server may come back', async () => {
  const url = 'https://gone.example/x'
  await webhookAt(url)
  const market = openWebhookChannel(site.tools, {
    resolve: async () => {
      throw Object.assign(new Error('queryA ENOTFOUND gone.example'), { code: 'ENOTFOUND' })
    },
  })
  assert.equal((await market.send(hook(url))).kind, 'deferred')
})

const hook = (address: string, change: Partial<Message> = {}) => testMessage({ address, ...change })
const stateOf = (id: string) =>
  site.db.selectFrom('webhook_endpoint').where('contact_address_id', '=', id).selectAll().executeTakeFirst()

async function webhookAt(address: string, code = 'SEC-001'): Promise<string> {
  const { id: contact_id, institution_id } = contacts[code]!
  const last = await site.db
    .selectFrom('contact_address')
    .where('contact_id', '=', contact_id)
    .where('means', '=', 'webhook')
    .select('id')
    .execute()
  for (const { id } of last)
    await site.db.updateTable('contact_address').set({ removed_at: now }).where('id', '=', id).execute()
  const { id } = await site.db
    .insertInto('contact_address')
    .values({ contact_id, institution_id, means: 'webhook', address, look: address, rank: 20 })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** As a receiver checks it, with the secret that it was given. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const right = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(right)
}
