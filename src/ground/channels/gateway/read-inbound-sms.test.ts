import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import type { Gateway } from '#ground/config/gateway-settings.ts'
import { testGateway } from '#tests/kit/gateway.ts'
import { type InboundRequest, inbound_age_ms_max, readInboundSms } from './read-inbound-sms.ts'

const gateway = await testGateway()
after(() => gateway.close())
const { twilio, http } = gateway

const now = new Date('2027-01-15T00:00:00Z')
const url = 'https://bcp.market.example/gateway/sms'
const sms = { url, from: '+819012345678', text: '1 K7M2', at: now }
const read = (settings: Gateway, request: InboundRequest, at = now) => readInboundSms(settings, request, at)
const withHeader = (request: InboundRequest, name: string, value: string | null): InboundRequest => {
  const headers = new Headers(request.headers)
  if (value === null) headers.delete(name)
  else headers.set(name, value)
  return { ...request, headers }
}

test("a reply that the gateway signed is taken in, in either gateway's form", () => {
  for (const settings of [twilio, http])
    assert.deepEqual(read(settings, gateway.passOn(settings, { ...sms, id: 'M-1' })), {
      from: '+819012345678',
      text: '1 K7M2',
      gateway_id: 'M-1',
    })
})

for (const [caller, signature] of [
  ['+14158675309', 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['+14158675310', 'GvWf1cFY/Q7PnoempGyD5oXAezc='],
] as const)
  test(`the signature that Twilio's documentation gives for ${caller} is the right one`, () => {
    const form = { CallSid: 'CA1234567890ABCDE', Caller: caller, Digits: '1234', From: caller, To: '+18005551212' }
    const request: InboundRequest = {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      headers: new Headers({ 'X-Twilio-Signature': signature }),
      body: Buffer.from(new URLSearchParams(form).toString()),
    }
    const settings = { ...twilio, token: '12345' }
    // Rightly signed, though it is about a call.
    assert.deepEqual(read(settings, request), { failed: 'unreadable' })
    assert.deepEqual(read({ ...twilio, token: '12346' }, request), { failed: 'forged' })
  })

test('people write in full width, and their text is read as they meant it', () => {
  for (const settings of [twilio, http])
    assert.deepEqual(
      read(settings, gateway.passOn(settings, { ...sms, text: '　１　ｋ７ｍ２\u0000\r\nｶﾞ無事です🔥 ' })),
      {
        from: '+819012345678',
        text: '1 k7m2\nガ無事です🔥',
        gateway_id: settings === twilio ? 'SM1' : 'm-1',
      },
    )
})

test('the number of the sender is brought to one form', () => {
  for (const from of ['09012345678', '819012345678', '+81 90-1234-5678', '０９０−1234−5678'.replaceAll('−', '-')])
    assert.equal((read(http, gateway.passOn(http, { ...sms, from })) as { from: string }).from, '+819012345678')
  for (const from of ['Carrier', '', '12345', 'anonymous', '+819012345678; x', `+${'1'.repeat(30)}`])
    assert.deepEqual(read(http, gateway.passOn(http, { ...sms, from })), { failed: 'no_number' }, from)
})

test('what is not signed, signed otherwise or changed on the way is not from the gateway', () => {
  for (const settings of [twilio, http]) {
    const signed = gateway.passOn(settings, sms)
    const name = settings === twilio ? 'X-Twilio-Signature' : 'X-Noroshi-Signature'
    const signature = signed.headers.get(name) ?? ''
    const forged = (request: InboundRequest) => assert.deepEqual(read(settings, request), { failed: 'forged' })
    assert.deepEqual(read(settings, withHeader(signed, name, null)), { failed: 'unsigned' })
    for (const other of [
      'x',
      '=',
      'é',
      signature.slice(2),
      `${signature}AA`,
      signature.replace(/./, (one) => (one === 'A' ? 'B' : 'A')),
    ])
      forged(withHeader(signed, name, other))
    forged({ ...signed, body: Buffer.from(Buffer.from(signed.body).toString().replace('K7M2', 'K7M3')) })
    forged({ ...signed, body: Buffer.concat([signed.body, Buffer.from('&Extra=1')]) })
    assert.deepEqual(
      read(
        { ...settings, token: 'other', ...(settings === http && { inbound_secret: 'o'.repeat(32) }) } as Gateway,
        signed,
      ),
      { failed: 'forged' },
    )
  }
  for (const other of [
    'https://bcp.market.example/gateway/voice',
    `${url}?to=me`,
    url.replace('https', 'http'),
    'x',
    '',
  ])
    assert.deepEqual(read(twilio, { ...gateway.passOn(twilio, sms), url: other }), { failed: 'forged' }, other)
  // The form of one gateway is no key to the other.
  assert.deepEqual(read(http, gateway.passOn(twilio, sms)), { failed: 'unsigned' })
  assert.deepEqual(read(twilio, gateway.passOn(http, sms)), { failed: 'unsigned' })
})

test('a port that goes without saying makes no difference to Twilio’s signature', () => {
  const signed = gateway.passOn(twilio, { ...sms, url: `${url}?a=1` })
  assert.ok('from' in read(twilio, { ...signed, url: 'https://bcp.market.example:443/gateway/sms?a=1' }))
  const ported = gateway.passOn(twilio, { ...sms, url: 'https://bcp.market.example:443/gateway/sms' })
  assert.ok('from' in read(twilio, { ...ported, url }))
})

test('what was recorded and is sent again later is too old, and its time cannot be changed', () => {
  const signed = gateway.passOn(http, sms)
  const at = (ms: number) => read(http, signed, new Date(now.getTime() + ms))
  for (const ms of [0, inbound_age_ms_max, -inbound_age_ms_max]) assert.ok('from' in at(ms), `${ms}`)
  for (const ms of [inbound_age_ms_max + 1, -inbound_age_ms_max - 1, 86_400_000])
    assert.deepEqual(at(ms), { failed: 'too_old' }, `${ms}`)
  const later = String(now.getTime() / 1000 + 3600)
  assert.deepEqual(read(http, withHeader(signed, 'X-Noroshi-Timestamp', later), new Date(now.getTime() + 3_600_000)), {
    failed: 'forged',
  })
})

test('what is signed and makes no sense is refused without an error', () => {
  const signed = (body: Buffer | string, time = String(now.getTime() / 1000)): InboundRequest => ({
    url,
    headers: new Headers({
      'X-Noroshi-Timestamp': time,
      'X-Noroshi-Signature': createHmac('sha256', http.inbound_secret).update(`${time}.`).update(body).digest('hex'),
    }),
    body: Buffer.from(body),
  })
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '{"from":"+819012345678","text":1,"id":"x"}',
    '{"from":"+819012345678","text":"a","id":""}',
    Buffer.from([0xff, 0xfe]),
  ])
    assert.deepEqual(read(http, signed(body)), { failed: 'unreadable' })
  for (const time of ['NaN', '-1', '1e9', '', '9'.repeat(20)]) {
    const { failed } = read(http, signed('{}', time)) as { failed: string }
    assert.ok(failed === 'too_old' || failed === 'unsigned', time)
  }
  assert.deepEqual(read(http, gateway.passOn(http, { ...sms, text: 'x'.repeat(20_000) })), { failed: 'too_long' })
  assert.deepEqual(read(twilio, gateway.passOn(twilio, { ...sms, text: 'x'.repeat(20_000) })), { failed: 'too_long' })
})

test('without a gateway, or without a secret for what comes in, nothing is taken in', () => {
  assert.deepEqual(readInboundSms(undefined, gateway.passOn(twilio, sms), now), { failed: 'off' })
  assert.deepEqual(read({ ...http, inbound_secret: undefined }, gateway.passOn(http, sms)), { failed: 'off' })
})
