import { createHmac, timingSafeEqual } from 'node:crypto'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { z } from 'zod'
import type { Gateway } from '#ground/config/gateway-settings.ts'
import { cleanText } from './sms-text.ts'

/** A request as it came in: `url` is the address that the gateway was given, with its query; the body byte for byte. */
export type InboundRequest = { url: string; headers: Headers; body: Uint8Array }

/** `gateway_id` is the same however often the gateway tells us: what came twice is known by it. */
export type InboundSms = { from: string; text: string; gateway_id: string }
/** off: nothing is taken in. unsigned, forged, too_old: not from the gateway. unreadable, no_number: from it, of no use. */
export type InboundRefusal = 'off' | 'unsigned' | 'forged' | 'too_old' | 'too_long' | 'unreadable' | 'no_number'

export const inbound_bytes_max = 16 * 1024
/** How far the gateway's clock may be from ours, either way; what is older may have been recorded and sent again. */
export const inbound_age_ms_max = 5 * 60_000

/** Unix time in seconds, and the HMAC-SHA256 of `<time>.<body>` in hexadecimal, keyed with SMS_INBOUND_SECRET. */
const inbound_time_header = 'x-noroshi-timestamp'
const inbound_signature_header = 'x-noroshi-signature'

/** Reads an SMS that the gateway passes on, once it is proved that the gateway sent it. */
export function readInboundSms(
  gateway: Gateway | undefined,
  request: InboundRequest,
  now: Date,
): InboundSms | { failed: InboundRefusal } {
  if (!gateway) return { failed: 'off' }
  if (request.body.byteLength > inbound_bytes_max) return { failed: 'too_long' }
  const read =
    gateway.kind === 'twilio' ? readTwilio(gateway.token, request) : readSigned(gateway.inbound_secret, request, now)
  if ('failed' in read) return read
  const from = numberOf(read.from)
  if (!from) return { failed: 'no_number' }
  // People write １ as well as 1.
  return { from, text: cleanText(read.text.normalize('NFKC')), gateway_id: read.id }
}

type Read = { from: string; text: string; id: string } | { failed: InboundRefusal }

/** Twilio signs the address it calls and every field of the form, in the order of their names (HMAC-SHA1). */
function readTwilio(token: string, { url, headers, body }: InboundRequest): Read {
  const signature = headers.get('x-twilio-signature')
  if (!signature) return { failed: 'unsigned' }
  const form = new URLSearchParams(Buffer.from(body).toString())
  const values = Map.groupBy(form, ([name]) => name)
  const fields = [...values.keys()]
    .sort()
    .flatMap((name) => [...new Set(values.get(name)?.map(([, value]) => value))].sort().map((value) => name + value))
  const is_signed = withAndWithoutPort(url).some((each) =>
    isSame(
      signature,
      createHmac('sha1', token)
        .update(`${each}${fields.join('')}`)
        .digest('base64'),
    ),
  )
  if (!is_signed) return { failed: 'forged' }
  const [from, text, id] = ['From', 'Body', 'MessageSid'].map((name) => form.get(name))
  return from && text != null && id && id.length <= 100 ? { from, text, id } : { failed: 'unreadable' }
}

/** Twilio leaves out or writes the usual port as it likes. */
function withAndWithoutPort(url: string): string[] {
  if (!URL.canParse(url)) return []
  const { protocol, hostname, port } = new URL(url)
  const rest = url.replace(/^https?:\/\/[^/?#]*/i, '')
  const usual = protocol === 'https:' ? '443' : '80'
  return [url, `${protocol}//${hostname}${rest}`, `${protocol}//${hostname}:${port || usual}${rest}`]
}

const Signed = z.object({ from: z.string(), text: z.string(), id: z.string().min(1).max(100) })

function readSigned(secret: string | undefined, { headers, body }: InboundRequest, now: Date): Read {
  if (!secret) return { failed: 'off' }
  const time = headers.get(inbound_time_header)
  const signature = headers.get(inbound_signature_header)
  if (!time || !signature) return { failed: 'unsigned' }
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')
  if (!isSame(signature.toLowerCase(), expected)) return { failed: 'forged' }
  if (!/^\d{1,12}$/.test(time) || Math.abs(now.getTime() - Number(time) * 1000) > inbound_age_ms_max)
    return { failed: 'too_old' }
  try {
    const parsed = Signed.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
    return parsed.success ? parsed.data : { failed: 'unreadable' }
  } catch {
    return { failed: 'unreadable' }
  }
}

/** As text, since decoding overlooks what is appended; in the same time wherever they differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** In E.164; one written as at home is of Japan. Undefined for names, short codes and withheld numbers. */
function numberOf(from: string): string | undefined {
  const written = from.normalize('NFKC').trim()
  if (!/^\+?[0-9 ()-]{8,25}$/.test(written)) return undefined
  const read = parsePhoneNumberFromString(written, 'JP')
  return read?.isPossible() ? read.number : undefined
}
