import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** The first byte of what is sealed, so that a later way of sealing can be told from this one. */
const version = 1

const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'noroshi sso secrets', 32))

/** Encrypts a text for the database (AES-256-GCM: version, 12 bytes nonce, 16 bytes tag, text), bound to what it belongs to. */
export function seal(secret: string, belongs_to: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce).setAAD(Buffer.from(belongs_to))
  const inner = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), inner])
}

/** The text again. Throws when it was changed, belongs elsewhere, or was sealed with another secret. */
export function unseal(secret: string, belongs_to: string, sealed: Buffer): string {
  if (sealed[0] !== version) throw new Error('sealed in an unknown way')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(1, 13))
    .setAAD(Buffer.from(belongs_to))
    .setAuthTag(sealed.subarray(13, 29))
  return decipher.update(sealed.subarray(29), undefined, 'utf8') + decipher.final('utf8')
}
