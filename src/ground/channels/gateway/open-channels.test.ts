import assert from 'node:assert/strict'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { after, test } from 'node:test'
import type { Gateway } from '#ground/config/gateway-settings.ts'
import { type GatewayTold, type TestGateway, testGateway, testMessage } from '#tests/kit/gateway.ts'
import { askGateway } from './ask-gateway.ts'
import { judgeAnswer } from './judge-answer.ts'
import { openSmsChannel, openVoiceChannel } from './open-channels.ts'
import { twilioSms } from './twilio.ts'

let told: GatewayTold = 'take'
const gateway = await testGateway(() => told)
after(() => gateway.close())

const send = (to: Gateway, message = testMessage(), timeout_ms = 5000) =>
  openSmsChannel({ sms: to }, { timeout_ms }).send(message)
const call = (to: Gateway, message = testMessage()) => openVoiceChannel({ voice: to }).send(message)
const answered = async (answer: GatewayTold, to: Gateway = gateway.twilio, timeout_ms = 5000) => {
  told = answer
  try {
    return await send(to, testMessage(), timeout_ms)
  } finally {
    told = 'take'
  }
}
const last = () => gateway.requests.at(-1)!
const kinds = (of: TestGateway) => [of.twilio, of.http] as const

test("an SMS goes out in Twilio's form, and is sent once the gateway names it", async () => {
  const { kind, answer, is_server_lost } = await send(
    gateway.twilio,
    testMessage({ text: '【訓練】報告を & = + お願い' }),
  )
  assert.deepEqual([kind, is_server_lost], ['sent', false])
  assert.match(answer, /^201 SM[0-9]{32}$/)
  const { method, path, headers, body } = last()
  assert.equal(`${method} ${path}`, `POST /2010-04-01/Accounts/${gateway.twilio.account}/Messages.json`)
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
    To: '+819012345678',
    From: gateway.twilio.from,
    Body: '【訓練】報告を & = + お願い',
  })
})

test('a messaging service sends in the place of a number', async () => {
  const service = `MG${'0'.repeat(32)}`
  await send({ ...gateway.twilio, from: service })
  const form = new URLSearchParams(last().body)
  assert.deepEqual([form.get('MessagingServiceSid'), form.get('From')], [service, null])
})

test('any other gateway is asked as its template says, in JSON and as a form', async () => {
  const message = testMessage({ text: '【訓練】"},{"to":["+810000000000"]} \\ {token} {to}' })
  const outcome = await send(gateway.http, message)
  assert.deepEqual([outcome.kind, outcome.answer.startsWith('201 m-')], ['sent', true])
  assert.deepEqual(JSON.parse(last().body), {
    to: ['+819012345678'],
    from: 'Noroshi',
    content: { text: message.text },
    reference: message.delivery_id,
  })
  assert.equal(last().headers['idempotency-key'], message.delivery_id)

  const form = { to: '{to}', text: 'Noroshi: {text}', ref: '{id}' }
  await send({ ...gateway.http, template: { ...gateway.http.template, method: 'PUT', json: undefined, form } }, message)
  assert.equal(last().method, 'PUT')
  assert.deepEqual(
    [...new URLSearchParams(last().body)],
    [
      ['to', '+819012345678'],
      ['text', `Noroshi: ${message.text}`],
      ['ref', message.delivery_id],
    ],
  )
})

test('a drill never goes out unmarked, whatever was composed', async () => {
  for (const [mode, text, sent] of [
    ['exercise', '震度6強', '【訓練】震度6強'],
    ['exercise', '【訓練】震度6強', '【訓練】震度6強'],
    ['test', '震度6強', '【試験】震度6強'],
    ['actual', '震度6強', '震度6強'],
  ] as const) {
    await send(gateway.twilio, testMessage({ mode, text }))
    assert.equal(last().text, sent)
  }
})

test('a call says everything twice in both languages, and the drill first', async () => {
  const text = '架空証券業協会からお知らせします。\n\nA notice from <Fictional & Co>.'
  const { kind, answer } = await call(gateway.twilio, testMessage({ text }))
  assert.equal(kind, 'sent')
  assert.match(answer, /^201 CA[0-9]{32}$/)
  assert.match(last().path, /\/Calls\.json$/)
  const said = [...last().text.matchAll(/<Say language="(..)[^>]*>([^<]*)<\/Say>/g)].map(([, ...said]) => said)
  const once = [
    ['ja', '訓練。これは訓練です。実際の災害ではありません。'],
    ['en', 'EXERCISE. This is an exercise. It is not a real event.'],
    ['ja', '架空証券業協会からお知らせします。'],
    ['en', 'A notice from &lt;Fictional &amp; Co&gt;.'],
  ]
  assert.deepEqual(said, [...once, ['ja', '繰り返します。'], ...once])

  await call(gateway.http, testMessage({ mode: 'actual', text }))
  assert.equal(last().text.match(/架空証券業協会/g)?.length, 2)
  assert.doesNotMatch(last().text, /訓練|EXERCISE|Say/)
})

const taken_id = { sid: `SM${'0'.repeat(32)}`, status: 'queued' }
for (const { case: name, answer, kind, lost = false, says } of [
  {
    case: '200 with an error about the number',
    answer: { status: 200, json: { code: 21211, message: 'Invalid' } },
    kind: 'refused',
    says: '200 21211: Invalid',
  },
  {
    case: '200 with an error code beside an id',
    answer: { status: 200, json: { ...taken_id, error_code: 21610, error_message: 'unsubscribed' } },
    kind: 'refused',
    says: '200 21610: unsubscribed',
  },
  {
    case: '200 with an error that is not known',
    answer: { status: 200, json: { ...taken_id, error_code: 30999 } },
    kind: 'deferred',
  },
  {
    case: '201 for a message that has failed already',
    answer: { status: 201, json: { ...taken_id, status: 'failed' } },
    kind: 'deferred',
  },
  {
    case: '200 with an error about our account',
    answer: { status: 200, json: { code: 20003, message: 'no' } },
    kind: 'held',
    lost: true,
  },
  {
    case: '200 with somebody else’s page',
    answer: { status: 200, raw: '<html>Welcome to the hotel</html>' },
    kind: 'perhaps',
  },
  { case: '200 with half of its JSON', answer: { status: 200, raw: '{"sid":"SM' }, kind: 'perhaps' },
  { case: '200 with JSON of another shape', answer: { status: 200, json: [taken_id] }, kind: 'perhaps' },
  { case: '200 with an id that is none', answer: { status: 200, json: { sid: 'SM1' } }, kind: 'perhaps' },
  { case: '204 with nothing', answer: { status: 204, raw: '' }, kind: 'perhaps' },
  {
    case: '200 with an id and far more than was asked for',
    answer: { status: 200, raw: `${JSON.stringify(taken_id)}${' '.repeat(200_000)}` },
    kind: 'perhaps',
  },
  {
    case: '400, not a mobile',
    answer: { status: 400, json: { code: 21614, message: 'not a mobile', status: 400 } },
    kind: 'refused',
    says: '400 21614: not a mobile',
  },
  {
    case: '400, carriers in trouble',
    answer: { status: 400, json: { code: 21612, message: 'not currently reachable' } },
    kind: 'deferred',
  },
  {
    case: '400, our number is wrong',
    answer: { status: 400, json: { code: 21606, message: 'From' } },
    kind: 'held',
    lost: true,
  },
  { case: '400 without a word', answer: { status: 400, raw: '' }, kind: 'deferred', says: '400' },
  { case: '404', answer: { status: 404, raw: 'not here' }, kind: 'held', lost: true },
  {
    case: '429',
    answer: { status: 429, json: { code: 20429, message: 'Too many requests' } },
    kind: 'held',
    lost: true,
  },
  {
    case: '500',
    answer: { status: 500, raw: 'at com.internal.Sms(Sms.java:10)' },
    kind: 'deferred',
    lost: true,
    says: '500',
  },
  {
    case: '502 that blames the number',
    answer: { status: 502, json: { code: 21211, message: 'Invalid' } },
    kind: 'deferred',
    lost: true,
  },
  { case: '503', answer: { status: 503, raw: '' }, kind: 'held', lost: true },
  {
    case: '307 to another host',
    answer: { status: 307, raw: '', headers: { Location: 'http://127.0.0.1:1/' } },
    kind: 'held',
    lost: true,
  },
  {
    case: 'a line dropped after the request',
    answer: 'drop',
    kind: 'perhaps',
    says: 'ECONNRESET: sent, and no answer came',
  },
] satisfies { case: string; answer: GatewayTold; kind: string; lost?: boolean; says?: string }[])
  test(`${name} is ${kind}`, async () => {
    const before = gateway.requests.length
    const outcome = await answered(answer)
    assert.deepEqual([outcome.kind, outcome.is_server_lost], [kind, lost])
    if (says !== undefined) assert.equal(outcome.answer, says)
    assert.equal(gateway.requests.length, before + 1, 'it asked once')
  })

test('a gateway that takes the request and hangs: perhaps, and the others wait', async () => {
  const outcome = await answered('hang', gateway.twilio, 200)
  assert.deepEqual(outcome, { kind: 'perhaps', answer: 'TIMEOUT: sent, and no answer came', is_server_lost: true })
  assert.equal((await answered('hang_in_answer', gateway.twilio, 200)).kind, 'perhaps')
})

test('a gateway that is not there: held, and nothing of ours is told', async () => {
  const closed = await testGateway()
  await closed.close()
  for (const settings of kinds(closed)) {
    const outcome = await send(settings)
    assert.deepEqual(outcome, {
      kind: 'held',
      answer: 'ECONNREFUSED: it could not be handed over',
      is_server_lost: true,
    })
  }
})

test('a gateway whose line opens and stays silent: held, since nothing was sent', async () => {
  const silent = createTcpServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()))
  try {
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const { kind, is_server_lost } = await send({ ...gateway.twilio, url }, testMessage(), 200)
    assert.deepEqual([kind, is_server_lost], ['held', true])
  } finally {
    silent.close()
  }
})

test('a line lost in the middle of the request: it can be tried again', async () => {
  const cutting = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', () => resolve()))
  try {
    const url = `http://127.0.0.1:${(cutting.address() as AddressInfo).port}`
    // More than any buffer on the way holds, so that the rest is still with us.
    const asked = await askGateway({ method: 'POST', url, headers: {}, body: 'x'.repeat(50_000_000) }, 5000)
    const { kind, is_server_lost } = judgeAnswer(twilioSms(gateway.twilio), asked)
    assert.deepEqual([kind, is_server_lost], ['deferred', true])
  } finally {
    cutting.close()
  }
})

test('what another gateway calls an error is read as its template says', async () => {
  const outcomes = await Promise.all(
    [
      { messages: [{ id: 7 }], error: { code: 0 } },
      { messages: [], error: { code: 'NO_SUCH_NUMBER', message: 'unknown' } },
      { messages: [], error: { code: 'CREDIT', message: 'no credit' } },
      { messages: [] },
      { messages: { '0': { id: '  ' } } },
      null,
      { messages: [{ id: 7 }], error: { code: { number: 30_003 } } },
      { messages: [{ id: 8 }], error: { code: ['no route'] } },
      { messages: [{ id: 9 }], error: { code: [] } },
    ].map((json) =>
      testGateway(() => ({ status: 200, json })).then(async (of) => send(of.http).finally(() => of.close())),
    ),
  )
  assert.deepEqual(
    outcomes.map(({ kind, answer }) => [kind, answer]),
    [
      ['sent', '200 7'],
      ['refused', '200 NO_SUCH_NUMBER: unknown'],
      ['deferred', '200 CREDIT: no credit'],
      ['perhaps', '200, and what came with it could not be read'],
      ['perhaps', '200, and what came with it could not be read'],
      ['perhaps', '200, and what came with it could not be read'],
      ['deferred', '200 {"number":30003}:'],
      ['deferred', '200 ["no route"]:'],
      ['sent', '200 9'],
    ],
  )
})

test('numbers and ids that are none never reach the gateway', async () => {
  const before = gateway.requests.length
  for (const address of [
    '090-1234-5678',
    '819012345678',
    '+81110',
    '+819012345678\r\nX-Evil: 1',
    '+819012345678\n',
    '+819012345678&To=+12125550100',
    '+８１９０１２３４５６７８',
    '+81312345678;ext=12',
    '+819012345678,+819012345679',
    'a@firm.example',
    '',
  ])
    for (const settings of kinds(gateway)) {
      const { kind, answer } = await send(settings, testMessage({ address }))
      assert.deepEqual([kind, answer], ['refused', 'not a phone number'], JSON.stringify(address))
    }
  for (const delivery_id of ['', 'x\r\nX-Evil: 1', 'a b', '私', 'x'.repeat(101)])
    assert.equal((await send(gateway.http, testMessage({ delivery_id }))).answer, 'not an id that a gateway takes')
  for (const text of ['', ' \n\u200b\u0000 ']) {
    assert.equal((await send(gateway.twilio, testMessage({ text }))).answer, 'no text')
    assert.equal((await call(gateway.twilio, testMessage({ text }))).answer, 'no text')
    assert.equal((await call(gateway.http, testMessage({ text }))).answer, 'no text')
  }
  assert.equal(
    (await send(gateway.twilio, testMessage({ text: 'あ'.repeat(300) }))).answer,
    'too long: 5 parts, 4 at most',
  )
  assert.match((await call(gateway.twilio, testMessage({ text: 'あ'.repeat(3000) }))).answer, /^too long/)
  assert.match((await call(gateway.http, testMessage({ text: 'あ'.repeat(3000) }))).answer, /^too long/)
  assert.equal(gateway.requests.length, before)
})

test('what SMS cannot carry is cleaned before it goes', async () => {
  await send(gateway.twilio, testMessage({ text: '【訓練】か\u3099\u0007報告\u202e\ud842を\r\n' }))
  assert.equal(last().text, '【訓練】が 報告\ufffdを')
})

test('no answer that is kept holds a secret, even where the gateway repeats ours', async () => {
  const { account, token } = gateway.twilio
  const basic = Buffer.from(`${account}:${token}`).toString('base64')
  const message = `bad header Basic ${basic} of ${token} (${encodeURIComponent(token)})\u202e\n\ud842${'𠮷'.repeat(1000)}`
  for (const [settings, json] of [
    [gateway.twilio, { code: 30999, message }],
    [{ ...gateway.http, account }, { error: { code: token, message } }],
    [{ ...gateway.http, account, token }, { messages: [{ id: basic }] }],
  ] as const) {
    const { answer } = await answered({ status: 200, json }, settings)
    assert.ok(answer.length > 3 && answer.length <= 500 && answer.isWellFormed())
    for (const secret of [token, basic, encodeURIComponent(token)]) assert.ok(!answer.includes(secret), answer)
    assert.doesNotMatch(answer, /[\p{Cc}\p{Cf}]/u)
  }
})

test('with wrong credentials everything waits, and nobody is struck off', async () => {
  const outcome = await send({ ...gateway.twilio, token: 'yesterday' })
  assert.deepEqual(outcome, { kind: 'held', answer: '401 20003: Authenticate', is_server_lost: true })
})

test('a process that knows no gateway leaves the messages to those that do', async () => {
  for (const channel of [openSmsChannel({ sms: undefined }), openVoiceChannel({ voice: undefined })]) {
    const { kind, answer, is_server_lost } = await channel.send(testMessage())
    assert.deepEqual([kind, is_server_lost], ['held', true])
    assert.match(answer, /^(SMS|VOICE)_GATEWAY is not set$/)
  }
})

test('many messages at the same time each get their own answer', async () => {
  const many = await testGateway(({ to }) =>
    to.endsWith('3') ? { status: 400, json: { code: 21211, message: 'Invalid', status: 400 } } : 'take',
  )
  try {
    const channel = openSmsChannel({ sms: many.twilio })
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        channel.send(testMessage({ address: `+8190123456${String(n).padStart(2, '0')}` })),
      ),
    )
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      Array.from({ length: 100 }, (_, n) => (n % 10 === 3 ? 'refused' : 'sent')),
    )
    assert.equal(new Set(many.requests.map(({ to }) => to)).size, 100)
  } finally {
    await many.close()
  }
})
