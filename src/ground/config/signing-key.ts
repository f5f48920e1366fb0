import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'

/** How a private Ed25519 key of 32 bytes is wrapped (RFC 8410). */
const wrapping = Buffer.from('302e020100300506032b657004220420', 'hex')

export type SigningKey = {
  private_key: KeyObject
  public_key: KeyObject
  /** The first 16 bytes of the SHA-256 of the public key as DER, in hex: short enough to be compared by people. */
  fingerprint: string
}

/** A key pair (Ed25519) for one purpose, always the same for one secret of the program, so that all its processes have it. */
export function signingKey(secret: string, purpose: 'pack signature' | 'file drop signature'): SigningKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'noroshi', purpose, 32))
  const private_key = createPrivateKey({ key: Buffer.concat([wrapping, seed]), format: 'der', type: 'pkcs8' })
  const public_key = createPublicKey(private_key)
  const raw = public_key.export({ format: 'der', type: 'spki' })
  return { private_key, public_key, fingerprint: createHash('sha256').update(raw).digest('hex').slice(0, 32) }
}
