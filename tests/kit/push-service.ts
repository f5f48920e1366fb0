import { createDecipheriv, createECDH, createHmac, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushContent } from '#ground/channels/compose-push.ts'

/** A subscription as a browser posts it. */
export type TestSubscription = { endpoint: string; p256dh: string; auth: string }
export type Pushed = { endpoint: string; ttl: number; urgency: string; topic: string; content: PushContent }
/** How it answers instead: with a number, never, or by hanging up. */
export type Told = { status: number; body?: string } | 'hang' | 'drop'

export type TestPushService = {
  origin: string
  /** A new browser that takes messages here. Set NOROSHI's PUSH_SERVICES to `localhost`. */
  subscribe(): TestSubscription
  /** Every message that was taken, decrypted, in the order in which they came. */
  pushed: Pushed[]
  /** What a browser that was away all the time finds: of each topic the last message (RFC 8030, 5.4). */
  waitingFor(endpoint: string): Pushed[]
  /** Requests that broke a rule of the standards, with the rule. */
  wrong: string[]
  close(): Promise<void>
}

/**
 * A real push service on loopback with the browsers behind it: it checks who sends (RFC 8292) and the headers (RFC 8030), and
 * decrypts what it gets as a browser does (RFC 8291), by code of its own. `answer` makes it misbehave; undefined: as usual.
 */
export async function testPushService({
  answer = () => undefined,
}: {
  answer?: (endpoint: string) => Told | undefined
} = {}): Promise<TestPushService> {
  const browsers = new Map<string, { pair: ECDH; auth: Buffer; sender?: string }>()
  const [pushed, wrong]: [Pushed[], string[]] = [[], []]
  let origin = ''

  const server = createServer(async (request, response) => {
    const endpoint = `${origin}${request.url}`
    const told = answer(endpoint)
    if (told === 'drop') return request.socket.destroy()
    if (told === 'hang') return
    if (told) return response.writeHead(told.status).end(told.body)
    const browser = browsers.get(endpoint)
    if (!browser) return response.writeHead(404).end()
    try {
      take(endpoint, browser, request, await bodyOf(request))
      response.writeHead(201, { location: `${endpoint}/message` }).end()
    } catch (error) {
      refuse(response, (error as Error).message)
    }
  })

  function take(
    endpoint: string,
    browser: NonNullable<ReturnType<typeof browsers.get>>,
    request: IncomingMessage,
    body: Buffer,
  ) {
    const { headers } = request
    const key = checkSender(headers.authorization ?? '', origin)
    must(browser.sender === undefined || browser.sender === key, '8292: another sender than before')
    browser.sender = key
    must(request.method === 'POST', '8030: not a POST')
    must(/^\d+$/.test(headers.ttl?.toString() ?? ''), '8030: no TTL')
    const [urgency, topic] = [headers.urgency?.toString() ?? '', headers.topic?.toString() ?? '']
    must(['very-low', 'low', 'normal', 'high'].includes(urgency), '8030: no Urgency')
    must(/^[A-Za-z0-9_-]{1,32}$/.test(topic), '8030: no Topic')
    must(headers['content-encoding'] === 'aes128gcm', '8291: not aes128gcm')
    must(body.length <= 4096, '8030: too long')
    const content = JSON.parse(decrypt(body, browser).toString('utf8')) as PushContent
    pushed.push({ endpoint, ttl: Number(headers.ttl), urgency, topic, content })
  }
  const refuse = (response: ServerResponse, rule: string) => {
    wrong.push(rule)
    response.writeHead(400).end(rule)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    pushed,
    wrong,
    subscribe() {
      const [pair, auth] = [createECDH('prime256v1'), randomBytes(16)]
      const endpoint = `${origin}/push/${randomBytes(12).toString('base64url')}`
      browsers.set(endpoint, { pair, auth })
      return { endpoint, p256dh: pair.generateKeys().toString('base64url'), auth: auth.toString('base64url') }
    },
    waitingFor: (of) => [
      ...new Map(pushed.filter(({ endpoint }) => endpoint === of).map((each) => [each.topic, each])).values(),
    ],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Throws unless the header is a VAPID token for this service, signed by the key it names; gives that key. */
function checkSender(header: string, origin: string): string {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  must(point.length === 65 && point[0] === 4, '8292: no key')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const public_key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const told = { key: public_key, dsaEncoding: 'ieee-p1363' } as const
  must(verify('sha256', signed, told, Buffer.from(signature, 'base64url')), '8292: the signature is wrong')
  must(json(head).alg === 'ES256', '8292: not ES256')
  const { aud, exp, sub } = json(claims)
  must(aud === origin, '8292: for another service')
  const left_s = Number(exp) - Date.now() / 1000
  must(left_s > 0 && left_s <= 86_400, '8292: expired, or good for too long')
  must(/^(mailto:|https:)/.test(String(sub)), '8292: nobody to write to')
  return key
}

/** RFC 8188 and 8291 written out with HMAC, step by step as the standard has them. */
export function decrypt(body: Buffer, { pair, auth }: { pair: ECDH; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + body.readUInt8(20))
  const sealed = body.subarray(21 + sender.length)
  must(sealed.length <= body.readUInt32BE(16), '8188: longer than its record')
  const hmac = (key: Buffer, ...parts: (Buffer | string)[]) => {
    const mac = createHmac('sha256', key)
    for (const part of parts) mac.update(part)
    return mac.digest()
  }
  const keying = hmac(hmac(auth, pair.computeSecret(sender)), 'WebPush: info\0', pair.getPublicKey(), sender, '\x01')
  const random = hmac(salt, keying)
  const key = hmac(random, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16)
  const nonce = hmac(random, 'Content-Encoding: nonce\0\x01').subarray(0, 12)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: 16 })
  cipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  must(end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0), '8188: no end of the last record')
  return padded.subarray(0, end)
}

const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function must(holds: boolean, rule: string) {
  if (!holds) throw new Error(rule)
}
