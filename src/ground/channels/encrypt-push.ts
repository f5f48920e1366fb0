import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser gave out when it subscribed: its public key (P-256, uncompressed) and a secret of 16 bytes. */
export type PushKeys = { p256dh: Buffer; auth: Buffer }

const record_bytes = 4096
const last_record = Buffer.from([2])

/**
 * Encrypts a message so that only that browser reads it, not its push service (RFC 8291; RFC 8188, aes128gcm, one record).
 * Each message has a key and a salt of its own; only a test of the standard's example gives them.
 */
export function encryptPush(
  message: Buffer,
  { p256dh, auth }: PushKeys,
  { salt, private_key }: { salt: Buffer; private_key?: Buffer } = { salt: randomBytes(16) },
): Buffer {
  const pair = createECDH('prime256v1')
  if (private_key) pair.setPrivateKey(private_key)
  else pair.generateKeys()
  const public_key = pair.getPublicKey()
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, public_key])
  const keying = derive(pair.computeSecret(p256dh), auth, about, 32)
  const key = derive(keying, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(keying, salt, Buffer.from('Content-Encoding: nonce\0'), 12)

  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const header = Buffer.alloc(21)
  salt.copy(header)
  header.writeUInt32BE(record_bytes, 16)
  header.writeUInt8(public_key.length, 20)
  return Buffer.concat([
    header,
    public_key,
    cipher.update(message),
    cipher.update(last_record),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

const derive = (key: Buffer, salt: Buffer, about: Buffer, bytes: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, about, bytes))

/** The keys as a browser writes them (base64url); null unless they are a point of the curve and 16 bytes. */
export function readPushKeys(written: { p256dh: string; auth: string }): PushKeys | null {
  const [p256dh, auth] = [written.p256dh, written.auth].map((text) => Buffer.from(text, 'base64url')) as [
    Buffer,
    Buffer,
  ]
  if (p256dh.length !== 65 || p256dh[0] !== 4 || auth.length !== 16) return null
  try {
    ECDH.convertKey(p256dh, 'prime256v1')
  } catch {
    return null
  }
  return { p256dh, auth }
}
