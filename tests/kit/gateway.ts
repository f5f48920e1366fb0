import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Message } from '#ground/channels/channel.ts'
import type { InboundRequest } from '#ground/channels/gateway/read-inbound-sms.ts'
import type { Gateway, HttpGateway, TwilioGateway } from '#ground/config/gateway-settings.ts'

/** One request, as it arrived. `to` and `text` wherever the API has them. */
export type GatewayRequestSeen = {
  kind: 'sms' | 'voice'
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  to: string
  from: string
  text: string
}

/**
 * What the gateway does with a request: 'take' it, 'drop' the connection without an answer, 'hang' until it is closed,
 * 'hang_in_answer' after half of it; or an answer of one's own.
 */
export type GatewayTold =
  | 'take'
  | 'drop'
  | 'hang'
  | 'hang_in_answer'
  | { status: number; json?: unknown; raw?: string; headers?: Record<string, string> }

export type TestGateway = {
  url: string
  requests: GatewayRequestSeen[]
  /** Settings with which the program uses it, in either form of API. */
  twilio: TwilioGateway
  http: HttpGateway & { inbound_secret: string }
  /** What it sends to us when somebody answers by SMS, signed as either form of API signs. */
  passOn(gateway: Gateway, sms: { url: string; from: string; text: string; id?: string; at: Date }): InboundRequest
  close(): Promise<void>
}

const account = `AC${'0123456789abcdef'.repeat(2)}`
const token = 'fictional+token/of=the-gateway'
const basic = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`
const inbound_secret = 'fictional secret of what comes in'

/**
 * A real HTTP server that takes SMS and calls, keeps what it took, and misbehaves as told: `tell` hears of each request
 * and its number from 0; a promise holds the answer back.
 */
export async function testGateway(
  tell: (request: GatewayRequestSeen, index: number) => GatewayTold | Promise<GatewayTold> = () => 'take',
): Promise<TestGateway> {
  const requests: GatewayRequestSeen[] = []
  const server = createServer(async (asked, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of asked) chunks.push(chunk as Buffer)
    const request = seen(asked, Buffer.concat(chunks).toString())
    const index = requests.push(request) - 1
    if (asked.headers.authorization !== (asked.url?.startsWith('/2010-') ? basic : `Bearer ${token}`))
      write(answer, { status: 401, json: { code: 20003, message: 'Authenticate', status: 401 } })
    else obey(answer, await tell(request, index), request, index)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    twilio: { kind: 'twilio', url, account, token, from: '+81312345678' },
    http: {
      kind: 'http',
      url: `${url}/messages`,
      account: undefined,
      token,
      from: 'Noroshi',
      inbound_secret,
      template: {
        method: 'POST',
        headers: { Authorization: 'Bearer {token}', 'Idempotency-Key': '{id}' },
        json: { to: ['{to}'], from: '{from}', content: { text: '{text}' }, reference: '{id}' },
        form: undefined,
        answer: {
          id: 'messages.0.id',
          error: 'error.code',
          words: 'error.message',
          no_error: ['OK'],
          refused: ['NO_SUCH_NUMBER'],
        },
      },
    },
    passOn: (gateway, sms) => (gateway.kind === 'twilio' ? signedByTwilio(sms) : signedByHttp(sms)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function seen({ method = '', url: path = '', headers }: IncomingMessage, body: string): GatewayRequestSeen {
  const rest = { method, path, headers, body, kind: path.includes('Calls') ? ('voice' as const) : ('sms' as const) }
  if (headers['content-type']?.startsWith('application/json')) {
    const { to, from, content } = JSON.parse(body)
    return { ...rest, to: to?.[0] ?? '', from: from ?? '', text: content?.text ?? '' }
  }
  const form = new URLSearchParams(body)
  const field = (...names: string[]) => names.map((name) => form.get(name)).find((value) => value !== null) ?? ''
  return { ...rest, to: field('To', 'to'), from: field('From', 'from'), text: field('Body', 'Twiml', 'text') }
}

function obey(answer: ServerResponse, told: GatewayTold, { path, kind }: GatewayRequestSeen, index: number): void {
  const number = String(index).padStart(32, '0')
  const taken = path.startsWith('/2010-')
    ? { sid: `${kind === 'sms' ? 'SM' : 'CA'}${number}`, status: 'queued', error_code: null, error_message: null }
    : { messages: [{ id: `m-${index}` }], error: { code: 'OK' } }
  if (told === 'drop') answer.socket?.destroy()
  else if (told === 'take') write(answer, { status: 201, json: taken })
  else if (told === 'hang_in_answer') {
    answer.writeHead(201, { 'Content-Type': 'application/json' })
    answer.write('{"sid":"SM')
  } else if (told !== 'hang') write(answer, told)
}

function write(answer: ServerResponse, { status, json, raw, headers }: Exclude<GatewayTold, string>): void {
  answer.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  answer.end(raw ?? JSON.stringify(json ?? {}))
}

type Inbound = Parameters<TestGateway['passOn']>[1]

function signedByTwilio({ url, from, text, id = 'SM1' }: Inbound): InboundRequest {
  const fields = { AccountSid: account, Body: text, From: from, MessageSid: id, To: '+81312345678' }
  const signed = Object.entries(fields).reduce((sum, [name, value]) => sum + name + value, url)
  const signature = createHmac('sha1', token).update(signed).digest('base64')
  return {
    url,
    headers: new Headers({ 'X-Twilio-Signature': signature, 'Content-Type': 'application/x-www-form-urlencoded' }),
    body: Buffer.from(new URLSearchParams(fields).toString()),
  }
}

function signedByHttp({ url, from, text, id = 'm-1', at }: Inbound): InboundRequest {
  const body = JSON.stringify({ from, text, id })
  const time = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', inbound_secret).update(`${time}.${body}`).digest('hex')
  return {
    url,
    headers: new Headers({ 'X-Noroshi-Timestamp': time, 'X-Noroshi-Signature': signature }),
    body: Buffer.from(body),
  }
}

/** A message to a mobile phone, as the deliveries hand it over. */
export const testMessage = (about: Partial<Message> = {}): Message => ({
  delivery_id: crypto.randomUUID(),
  notice_id: crypto.randomUUID(),
  message_id: '<1@market.example>',
  mode: 'exercise',
  severity: 'urgent',
  label: 'green',
  date: new Date('2027-01-15T00:00:00Z'),
  to_name: '担当 花子',
  institution_code: 'FIRM-1',
  address: '+819012345678',
  subject: '状況報告のお願い',
  text: '【訓練】状況報告のお願い',
  link: null,
  ...about,
})
