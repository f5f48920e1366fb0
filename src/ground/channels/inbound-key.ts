import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { canonical } from '#ground/trail/record.ts'

type Key = { institution_id: string; generation: number }

/** What the desk gives an institution's system once, to sign its files with: made of the program's secret, and kept nowhere. */
export function inboundKey(secret: string, { institution_id, generation }: Key): string {
  const about = `file intake ${institution_id} ${generation}`
  return `nrsin_${Buffer.from(hkdfSync('sha256', secret, 'noroshi', about, 32)).toString('base64url')}`
}

/** The signature of a report: HMAC-SHA256 (RFC 2104) with the key as text, over its canonical JSON (RFC 8785), in Base64. Pure. */
export const inboundSignature = (report: object, key: string): string =>
  createHmac('sha256', key).update(canonical(report)).digest('base64')

export function isSignedWith(key: string, report: object, signature: string): boolean {
  const [is, said] = [inboundSignature(report, key), signature].map((text) => Buffer.from(text)) as [Buffer, Buffer]
  return is.length === said.length && timingSafeEqual(is, said)
}
