import assert from 'node:assert/strict'
import { createECDH, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { testMessage, testReceiver } from '#tests/kit/messages.ts'
import {
  decrypt,
  type TestPushService,
  type TestSubscription,
  type Told,
  testPushService,
} from '#tests/kit/push-service.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import type { Channel, Message } from './channel.ts'
import { composePush, push_bytes_max } from './compose-push.ts'
import { encryptPush, readPushKeys } from './encrypt-push.ts'
import { isPushEndpoint } from './push-services.ts'
import { vapidKey } from './vapid.ts'
import { openWebPushChannel } from './web-push.ts'

let site: TestSite
let service: TestPushService
let channel: Channel
const told = new Map<string, Told>()

before(async () => {
  site = await testSite({ config: { push_services: ['localhost'] } })
  service = await testPushService({ answer: (endpoint) => told.get(endpoint) })
  channel = openWebPushChannel(site.tools, { timeout_ms: 300 })
})
beforeEach(() => {
  told.clear()
  service.pushed.length = 0
})
after(async () => {
  assert.deepEqual(service.wrong, [])
  await service.close()
  await site.close()
})

const from = (text: string) => Buffer.from(text, 'base64url')

test('RFC 8291 appendix A: the example of the standard encrypts to the bytes it gives', () => {
  const salt = from('DGv6ra1nlYgDCS1FRnbzlw')
  const private_key = from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw')
  const keys = readPushKeys({
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  })
  assert.ok(keys)
  const sealed = encryptPush(Buffer.from('When I grow up, I want to be a watermelon'), keys, { salt, private_key })
  assert.equal(
    sealed.toString('base64url'),
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
  // And the browsers of the test service read it with the private key of the example.
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'))
  assert.equal(decrypt(sealed, { pair, auth: keys.auth }).toString(), 'When I grow up, I want to be a watermelon')
})

test('keys that are no point of the curve, or of another length, are no subscription', () => {
  const pair = createECDH('prime256v1')
  const point = pair.generateKeys()
  const auth = randomBytes(16).toString('base64url')
  assert.ok(readPushKeys({ p256dh: point.toString('base64url'), auth }))
  const moved = Buffer.from(point)
  moved[64]! ^= 1
  for (const p256dh of ['', 'x', moved.toString('base64url'), pair.getPublicKey('base64url', 'compressed')])
    assert.equal(readPushKeys({ p256dh, auth }), null, p256dh)
  for (const short of ['', 'BTBZ', randomBytes(17).toString('base64url')])
    assert.equal(readPushKeys({ p256dh: point.toString('base64url'), auth: short }), null, short)
})

test('the market’s key follows from its secret: the same in every process and release, another for another secret', () => {
  const key = vapidKey('a secret of thirty-two characters!')
  assert.equal(
    key.public_key,
    'BPUp_GijbmBMK2cdjfJN4j4lGIAc60eMaJ9vMwrh3HCR0yMvVig9tPK0wFwVMaIspeQnF7b7szLYbTHwCkvyXDc',
  )
  assert.notEqual(vapidKey('a secret of thirty-two characters?').public_key, key.public_key)
  // Both halves belong together.
  const point = from(key.public_key)
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const public_key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  assert.ok(verify('sha256', Buffer.from('x'), public_key, sign('sha256', Buffer.from('x'), key.private_key)))
})

test('a device shows title, text and link of a notice; what it got is what only it can read', async () => {
  const device = await subscribed()
  const outcome = await channel.send(push(device, { link: 'http://localhost/answers/abc?k=1#top' }))
  assert.deepEqual([outcome.kind, outcome.answer, outcome.is_server_lost], ['sent', '201', false])
  const [got] = service.pushed
  assert.deepEqual([got?.ttl, got?.urgency, got?.topic.length], [43_200, 'high', 32])
  assert.deepEqual(got?.content, {
    title: '売買停止のお知らせ',
    body: '蒼天証券取引所は売買を停止しました。 次のお知らせは10時です。',
    path: '/answers/abc?k=1#top',
    mode: 'actual',
    notice_id: testMessage({ address: '' }).notice_id,
    tag: got?.topic,
    is_urgent: true,
    at: '2027-01-15T09:00:00.000Z',
  })
  const row = await rowOf(device)
  assert.ok(row.last_sent_at)
})

test('a drill says so first, once; severity sets how urgent it is and how long it is kept', async () => {
  const device = await subscribed()
  await channel.send(push(device, { mode: 'exercise', severity: 'important' }))
  await channel.send(push(device, { mode: 'exercise', subject: '【訓練】売買停止', severity: 'routine' }))
  await channel.send(push(device, { mode: 'test' }))
  assert.deepEqual(
    service.pushed.map(({ content, urgency, ttl }) => [content.title, content.is_urgent, urgency, ttl / 3600]),
    [
      ['【訓練】売買停止のお知らせ', false, 'normal', 24],
      ['【訓練】売買停止', false, 'low', 48],
      ['【試験】売買停止のお知らせ', true, 'high', 12],
    ],
  )
})

test('a repeat of a notice replaces the one that waits; another notice stands beside it', async () => {
  const device = await subscribed()
  for (const [notice_id, subject] of [
    ['a', '第一報'],
    ['b', '別の件'],
    ['a', '第一報（再送）'],
  ] as const)
    await channel.send(push(device, { notice_id, subject }))
  const waiting = service.waitingFor(device.endpoint).map(({ content }) => content.title)
  assert.deepEqual(waiting, ['第一報（再送）', '別の件'])
})

for (const [what, change] of Object.entries<Partial<Message>>({
  'a text of 20,000 letters': { subject: '長'.repeat(500), text: '長い'.repeat(10_000) },
  'letters of four bytes': { subject: '🔥'.repeat(500), text: '🔥'.repeat(500) },
  'quotes and backslashes': { subject: '"\\'.repeat(500), text: '\\"'.repeat(500) },
  'halves of letters and control characters': { subject: '\ud800\u0007'.repeat(300), text: '\udc00\u0000'.repeat(500) },
  'a link that is too long': { link: `http://localhost/${'x'.repeat(5000)}` },
  'an id that is too long': { notice_id: 'x'.repeat(5000) },
}))
  test(`${what}: a message stays below ${push_bytes_max} bytes and is whole`, () => {
    const bytes = composePush(testMessage({ address: '', ...change }), 'http://localhost')
    assert.ok(bytes.length <= push_bytes_max, String(bytes.length))
    assert.doesNotMatch(JSON.parse(bytes.toString('utf8')).title, /\p{Cc}|\p{Cs}/u)
  })

for (const link of [
  'https://elsewhere.example/x',
  '//elsewhere.example/x',
  'javascript:alert(1)',
  'http://localhost//elsewhere.example',
])
  test(`a link to ${link} is not put into a message`, () => {
    const { path } = JSON.parse(composePush(testMessage({ address: '', link }), 'http://localhost').toString('utf8'))
    assert.equal(path, '/home')
  })

for (const status of [404, 410])
  test(`a service that answers ${status} ends the subscription, with a line in the trail, and is not asked again`, async () => {
    const device = await subscribed()
    told.set(device.endpoint, { status })
    assert.equal((await channel.send(push(device))).kind, 'refused')
    const row = await rowOf(device)
    assert.equal(row.ended_reason, 'gone')
    const line = (await site.trail()).at(-1)
    assert.deepEqual([line?.action, line?.who, line?.details.subscription_id], ['push.ended', 'channels', row.id])
    told.clear()
    const again = await channel.send(push(device))
    assert.deepEqual([again.kind, service.pushed.length], ['refused', 0])
  })

for (const [status, kind] of [
  [429, 'deferred'],
  [500, 'deferred'],
  [503, 'deferred'],
  [400, 'refused'],
  [403, 'refused'],
  [413, 'refused'],
  [301, 'refused'],
] as const)
  test(`a service that answers ${status}: ${kind}, and the subscription stays`, async () => {
    const device = await subscribed()
    told.set(device.endpoint, { status, body: 'too\r\nmany' })
    const outcome = await channel.send(push(device))
    assert.deepEqual([outcome.kind, outcome.answer, outcome.is_server_lost], [kind, `${status} too many`, false])
    assert.equal((await rowOf(device)).ended_at, null)
  })

test('a service that takes a message and says nothing, or hangs up: perhaps', async () => {
  for (const behaviour of ['hang', 'drop'] as const) {
    const device = await subscribed()
    told.set(device.endpoint, behaviour)
    const outcome = await channel.send(push(device))
    assert.deepEqual([outcome.kind, outcome.is_server_lost], ['perhaps', false], outcome.answer)
  }
})

test('a service that cannot be reached holds its messages, and is the channel’s trouble only when no other answers', async () => {
  const alone = openWebPushChannel(site.tools, { timeout_ms: 300 })
  const away = await testPushService()
  const [lost, well] = [await subscribed(away), await subscribed()]
  await away.close()
  assert.deepEqual([(await alone.send(push(lost))).kind, (await alone.send(push(lost))).is_server_lost], ['held', true])
  assert.equal((await alone.send(push(well))).kind, 'sent')
  const held = await alone.send(push(lost))
  assert.deepEqual([held.kind, held.is_server_lost], ['held', false])
})

test('an answer of many megabytes is not read', async () => {
  let written = 0
  const huge = await testReceiver(() => (response) => {
    response.writeHead(201)
    const more = () => {
      while (!response.destroyed && written < 50_000_000) {
        written += 65_536
        if (!response.write('x'.repeat(65_536))) return response.once('drain', more)
      }
      return response.end()
    }
    more()
  })
  const device = { ...service.subscribe(), endpoint: huge.url }
  await insert(device)
  const outcome = await channel.send(push(device))
  assert.equal(outcome.kind, 'sent')
  assert.ok(outcome.answer.length <= 320)
  assert.ok(written < 50_000_000)
  await huge.close()
})

test('nobody is told who has left, and nothing goes to an address that is no subscription', async () => {
  const device = await subscribed()
  const { id } = await site.db
    .insertInto('person')
    .values({ institution_id: (await owner()).institution_id, name_ja: '架空 退職', email: 'left@sec.example' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await site.db
    .updateTable('push_subscription')
    .set({ person_id: id })
    .where('endpoint', '=', device.endpoint)
    .execute()
  await site.db.updateTable('person').set({ left_at: new Date(), left_reason: 'x' }).where('id', '=', id).execute()
  assert.equal((await channel.send(push(device))).kind, 'refused')
  assert.equal((await channel.send(push(service.subscribe()))).kind, 'refused')
  assert.equal(service.pushed.length, 0)
})

test('a subscription whose service was taken off the list is not used any more', async () => {
  const device = await subscribed()
  const narrow = openWebPushChannel({
    ...site.tools,
    config: { ...site.tools.config, push_services: ['fcm.googleapis.com'] },
  })
  const outcome = await narrow.send(push(device))
  assert.deepEqual([outcome.kind, service.pushed.length], ['refused', 0])
})

for (const [endpoint, isOne] of Object.entries({
  'https://fcm.googleapis.com/fcm/send/abc': true,
  'https://updates.push.services.mozilla.com/wpush/v2/abc': true,
  'https://web.push.apple.com/abc': true,
  'https://wns2-par02p.notify.windows.com/w/?token=abc': true,
  'http://fcm.googleapis.com/fcm/send/abc': false,
  'https://fcm.googleapis.com:8443/fcm/send/abc': false,
  'https://user:word@fcm.googleapis.com/abc': false,
  'https://fcm.googleapis.com.evil.example/abc': false,
  'https://evilfcm.googleapis.com/abc': false,
  'https://push.apple.com/abc': false,
  'https://push.apple.com.evil.example/abc': false,
  'https://evilnotify.windows.com/abc': false,
  'https://evil.example/?fcm.googleapis.com': false,
  'https://evil.example\\@fcm.googleapis.com/': false,
  'https://FCM.googleapis.com/abc': false,
  'https://127.0.0.1/abc': false,
  'http://127.0.0.1:3000/abc': false,
  'http://localhost/abc': false,
  'https://169.254.169.254/latest': false,
  'file:///etc/passwd': false,
  '': false,
}))
  test(`${endpoint || 'nothing'} is ${isOne ? 'an' : 'no'} endpoint of a push service`, async () => {
    const { readConfig } = await import('#ground/config/config.ts')
    assert.equal(isPushEndpoint(endpoint, readConfig({ NOROSHI_DATA: site.tools.config.data })), isOne)
  })

const push = ({ endpoint }: Pick<TestSubscription, 'endpoint'>, change: Partial<Message> = {}) =>
  testMessage({ address: endpoint, ...change })
const owner = () => site.accountOf('bcp_contact')
const rowOf = ({ endpoint }: TestSubscription) =>
  site.db.selectFrom('push_subscription').where('endpoint', '=', endpoint).selectAll().executeTakeFirstOrThrow()

async function subscribed(at = service): Promise<TestSubscription> {
  const device = at.subscribe()
  await insert(device)
  return device
}

async function insert({ endpoint, p256dh, auth }: TestSubscription) {
  const { id, institution_id } = await owner()
  const keys = readPushKeys({ p256dh, auth })!
  await site.db
    .insertInto('push_subscription')
    .values({ ...keys, endpoint, person_id: id, institution_id, device_name: '電話', created_at: new Date() })
    .execute()
}
