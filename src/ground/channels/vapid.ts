import { createECDH, createPrivateKey, hkdfSync, sign } from 'node:crypto'
import type { Config } from '#ground/config/config.ts'

/** The order of the curve P-256 (FIPS 186-5): a private key is a number from 1 to one less than it. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** A push service takes no token that is good for more than 24 hours (RFC 8292, 2). */
const token_hours = 12
/** Services ask that a token be used again for a while instead of a new one for every message. */
const reuse_minutes = 60

/**
 * The key pair (P-256) by which push services know this market. It is derived from the program's secret, so that all its
 * processes share it and none has to keep it: subscriptions hold for as long as the secret does.
 */
export function vapidKey(secret: string) {
  // 128 bits more than the order has, so that no key is likelier than another (FIPS 186-5, A.2.1).
  const bits = BigInt(`0x${Buffer.from(hkdfSync('sha256', secret, 'noroshi', 'web push vapid', 48)).toString('hex')}`)
  const scalar = Buffer.from(((bits % (order - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(scalar)
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  return {
    private_key: createPrivateKey({
      key: { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'), x, y },
      format: 'jwk',
    }),
    /** Uncompressed, 65 bytes in base64url: a browser's `applicationServerKey`. */
    public_key: point.toString('base64url'),
  }
}

/** Says to a push service who sends (RFC 8292): gives the header for an endpoint of it. */
export function openVapid({ secret, mail_from }: Pick<Config, 'secret' | 'mail_from'>) {
  const { private_key, public_key } = vapidKey(secret)
  const made = new Map<string, { token: string; at: number }>()
  return (endpoint: string, now: Date): string => {
    const { origin } = new URL(endpoint)
    const known = made.get(origin)
    const is_fresh = known && Math.abs(now.getTime() - known.at) < reuse_minutes * 60_000
    const token = is_fresh ? known.token : tokenFor(origin, now)
    if (!is_fresh) made.set(origin, { token, at: now.getTime() })
    return `vapid t=${token}, k=${public_key}`
  }

  function tokenFor(aud: string, now: Date): string {
    const exp = Math.floor(now.getTime() / 1000) + token_hours * 3600
    const unsigned = [
      { typ: 'JWT', alg: 'ES256' },
      { aud, exp, sub: `mailto:${mail_from}` },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const signature = sign('sha256', Buffer.from(unsigned), { key: private_key, dsaEncoding: 'ieee-p1363' })
    return `${unsigned}.${signature.toString('base64url')}`
  }
}
