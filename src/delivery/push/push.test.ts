import assert from 'node:assert/strict'
import { createHash, createPublicKey } from 'node:crypto'
import { after, before, test } from 'node:test'
import { vapidKey } from '#ground/channels/vapid.ts'
import { openWebPushChannel } from '#ground/channels/web-push.ts'
import { testMessage } from '#tests/kit/messages.ts'
import { type TestPushService, type TestSubscription, testPushService } from '#tests/kit/push-service.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'
import { pushEndpointsOf } from './queries.ts'
import { devices_max } from './subscribe.ts'

const page = '/account/notifications'
let site: TestSite
let service: TestPushService
let now = new Date()
let [contact, desk] = [] as TestSite['nobody'][]

before(async () => {
  site = await testSite({ config: { push_services: ['localhost'] }, clock: () => now })
  service = await testPushService()
  contact = await site.as('bcp_contact')
  desk = await site.as('secretariat')
})
after(async () => {
  assert.deepEqual(service.wrong, [])
  await service.close()
  await site.close()
})

test('a person lets a device take notifications, gets one, and stops it', async () => {
  const device = service.subscribe()
  const answer = await contact!.post(page, { ...device, device_name: '当番の電話' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${page}?done=added`])
  const [row] = await rowsOf(device)
  assert.deepEqual([row?.device_name, row?.ended_at], ['当番の電話', null])
  const line = (await site.trail()).at(-1)
  assert.deepEqual([line?.action, line?.details.subscription_id], ['push.subscribed', row?.id])
  // The trail names the service, never the address: who has that can write to the device.
  assert.ok(!JSON.stringify(line).includes(device.endpoint))

  const { id } = await site.accountOf('bcp_contact')
  const endpoints = await pushEndpointsOf(site.db, [id])
  assert.deepEqual(
    endpoints.map(({ endpoint }) => endpoint),
    [device.endpoint],
  )
  const channel = openWebPushChannel(site.tools)
  assert.equal((await channel.send(testMessage({ address: device.endpoint }))).kind, 'sent')
  assert.equal(service.pushed.at(-1)?.content.title, '売買停止のお知らせ')

  const shown = await text(await contact!.get(`${page}?done=added`))
  assert.match(shown, /この端末に通知を受け取ります/)
  assert.match(shown, /当番の電話/)
  assert.ok(!shown.includes(device.endpoint))
  assert.ok(shown.includes(`data-device="${createHash('sha256').update(device.endpoint).digest('hex').slice(0, 16)}"`))
  assert.ok(shown.includes(`data-push="${vapidKey(site.tools.config.secret).public_key}"`))

  for (const _ of [1, 2]) assert.equal((await contact!.post(`${page}/${row?.id}/end`)).status, 303)
  assert.equal((await rowsOf(device))[0]?.ended_reason, 'by_person')
  assert.equal((await site.trail()).filter(({ action }) => action === 'push.ended').length, 1)
  assert.equal((await channel.send(testMessage({ address: device.endpoint }))).kind, 'refused')
  assert.deepEqual(await pushEndpointsOf(site.db, [id]), [])
})

test('pressed twice, also at the same moment, a device is there once', async () => {
  const device = service.subscribe()
  const answers = await Promise.all([1, 2, 3].map(() => contact!.post(page, device)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303],
  )
  assert.equal((await rowsOf(device)).length, 1)
  // Without a name it is called what its browser says of itself, in words.
  assert.equal((await rowsOf(device))[0]?.device_name, '種類の分からない端末')
})

test('of another person a subscription cannot be ended, seen, or taken with its address alone', async () => {
  const device = service.subscribe()
  await contact!.post(page, { ...device, device_name: '盗まれない電話' })
  const [row] = await rowsOf(device)
  assert.equal((await desk!.post(`${page}/${row?.id}/end`)).status, 404)
  assert.ok(!(await text(await desk!.get(page))).includes('盗まれない電話'))
  const forged = { ...service.subscribe(), endpoint: device.endpoint }
  const answer = await desk!.post(page, forged)
  assert.equal(answer.status, 409)
  assert.match(await text(answer), /別の人の端末として登録されています/)
  assert.deepEqual(
    (await rowsOf(device)).map(({ id, ended_at }) => [id, ended_at]),
    [[row?.id, null]],
  )
})

test('who signs in on a browser that another used takes it over, because it has the same keys', async () => {
  const device = service.subscribe()
  await contact!.post(page, device)
  assert.equal((await desk!.post(page, device)).status, 303)
  const rows = await rowsOf(device)
  assert.deepEqual(
    rows.map(({ ended_reason }) => ended_reason),
    ['other_person', null],
  )
  assert.equal(rows[1]?.person_id, (await site.accountOf('secretariat')).id)
  const lines = (await site.trail()).slice(-2)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['push.ended', 'push.subscribed'],
  )
})

test('one’s own device with new keys replaces the one before', async () => {
  const device = service.subscribe()
  await contact!.post(page, device)
  assert.equal((await contact!.post(page, { ...service.subscribe(), endpoint: device.endpoint })).status, 303)
  assert.deepEqual(
    (await rowsOf(device)).map(({ ended_reason }) => ended_reason),
    ['replaced', null],
  )
})

for (const [what, change] of Object.entries<Partial<TestSubscription>>({
  'an address of no push service': { endpoint: 'https://evil.example/push' },
  'an address inside': { endpoint: 'https://169.254.169.254/latest' },
  'an address with a password': { endpoint: 'https://user:word@fcm.googleapis.com/x' },
  'an address that is none': { endpoint: 'x\r\ny' },
  'an address that is too long': { endpoint: `http://127.0.0.1/${'x'.repeat(1000)}` },
  'a key that is none': { p256dh: 'AAAA' },
  'a key that is off the curve': { p256dh: Buffer.alloc(65, 4).toString('base64url') },
  'no secret': { auth: '' },
}))
  test(`${what} is refused with the reason, and nothing is kept`, async () => {
    const before = await count()
    const answer = await contact!.post(page, { ...service.subscribe(), ...change })
    assert.equal(answer.status, 422)
    assert.match(await text(answer), /この端末を登録できませんでした/)
    assert.equal(await count(), before)
  })

test('a name is one line of sixty letters, and is shown as text', async () => {
  const device = service.subscribe()
  await contact!.post(page, { ...device, device_name: `<b>電話</b>\r\n${'長'.repeat(100)}` })
  const name = (await rowsOf(device))[0]?.device_name ?? ''
  assert.deepEqual([[...name].length, name.includes('\n')], [60, false])
  assert.ok((await text(await contact!.get(page))).includes('&lt;b&gt;電話'))
})

test(`a person has ${devices_max} devices at most, and is told so`, async () => {
  const auditor = await site.as('auditor')
  for (let index = 0; index < devices_max; index++)
    assert.equal((await auditor.post(page, service.subscribe())).status, 303)
  const answer = await auditor.post(page, service.subscribe())
  assert.equal(answer.status, 409)
  assert.match(await text(answer), /10台まで/)
})

test('a device that is gone is named on the page until another is added', async () => {
  const observer = await site.as('observer')
  const device = service.subscribe()
  await observer.post(page, { ...device, device_name: '古い電話' })
  await site.db
    .updateTable('push_subscription')
    .set({ ended_at: now, ended_reason: 'gone' })
    .where('endpoint', '=', device.endpoint)
    .execute()
  assert.match(await text(await observer.get(page)), /届かなくなった端末があります.*古い電話/s)
  now = new Date(now.getTime() + 1000)
  await observer.post(page, service.subscribe())
  assert.doesNotMatch(await site.main(observer, page), /届かなくなった/)
})

test('without a script the page says what is needed, in both languages', async () => {
  assert.match(await text(await contact!.get(page)), /<p data-without-push="">このブラウザでは通知を受け取れません/)
  const english = site.client(`${contact!.cookie}; language=en`)
  assert.match(await text(await english.get(page)), /This browser cannot take notifications/)
  assert.match(await text(await contact!.get('/account')), /href="\/account\/notifications">この端末に通知を受け取る/)
})

test('a session that is not proved afresh is asked for a proof, and the device is kept meanwhile', async () => {
  const council = await site.as('council_member')
  now = new Date(now.getTime() + 20 * 60_000)
  const device = service.subscribe()
  const asked = await council.post(page, { ...device, device_name: '電話' })
  assert.equal(asked.status, 401)
  assert.ok((await text(asked)).includes(device.endpoint.replaceAll('&', '&amp;')))
  assert.equal((await rowsOf(device)).length, 0)
  const proof = { confirm_password: 'noroshi-demo-2026' }
  const answer = await council.post(page, { ...device, device_name: '電話', ...proof }, sameOrigin)
  assert.equal(answer.status, 303)
  assert.equal((await rowsOf(device)).length, 1)
})

test('S3-4(11) a session that a password or a mailed link alone has opened registers no device', async () => {
  const { id, email } = await site.accountOf('authority')
  const weak = await site.signIn(email)
  await site.db.updateTable('person').set({ is_demo: false }).where('id', '=', id).execute()
  const device = service.subscribe()
  for (const answer of [await weak.get(page), await weak.post(page, device), await weak.post(`${page}/${id}/end`)])
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account/set-up'])
  assert.equal((await rowsOf(device)).length, 0)
})

test('the key on the page is a key of the curve, as browsers ask for one', async () => {
  const [, key = ''] = /data-push="([\w-]+)"/.exec(await text(await desk!.get(page))) ?? []
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  assert.equal(createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }).asymmetricKeyType, 'ec')
})

const text = (answer: Response) => answer.text()
const rowsOf = ({ endpoint }: TestSubscription) =>
  site.db
    .selectFrom('push_subscription')
    .where('endpoint', '=', endpoint)
    .selectAll()
    .orderBy('ended_at', (by) => by.asc().nullsLast())
    .execute()
const count = async () =>
  (
    await site.db
      .selectFrom('push_subscription')
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirst()
  )?.n
