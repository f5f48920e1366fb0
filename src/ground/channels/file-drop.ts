import { createHash, createPublicKey, type KeyObject, randomUUID, sign, verify } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '#ground/config/config.ts'
import { signingKey } from '#ground/config/signing-key.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import { labelNames } from '#ground/rights/labels.ts'
import { canonical } from '#ground/trail/record.ts'
import type { Channel, Message } from './channel.ts'

/** The key by which whoever fetches the files knows that they are this market's, and unchanged. */
export const fileDropKey = (secret: string) => signingKey(secret, 'file drop signature')

/**
 * Leaves one signed file for each message in a folder, from which another network fetches it (S0-5). A file is there whole or
 * not at all, and the same delivery always writes the same file. A folder that is away or full holds the messages back; the
 * folder is not made, lest they pile up where its disk should have been mounted.
 */
export function openFileDropChannel({ config }: { config: Pick<Config, 'secret' | 'file_drop'> }): Channel {
  return {
    name: 'file_drop',
    lanes: 1,
    async send(message) {
      if (!config.file_drop) return held('FILE_DROP_FOLDER is not set')
      const name = fileName(message)
      try {
        await writeWhole(config.file_drop, name, signedFile(message, config.secret))
        return { kind: 'sent', answer: name, is_server_lost: false }
      } catch (error) {
        return held((error as Error).message.slice(0, 300))
      }
    },
    close() {},
  }
}

const held = (answer: string): Outcome => ({ kind: 'held', answer, is_server_lost: true })

/** Begins with the mode, so that a drill is seen before it is opened. What is no plain name is replaced by its digest. */
export const fileName = ({ mode, address, delivery_id }: Pick<Message, 'mode' | 'address' | 'delivery_id'>) =>
  `${[mode, address, delivery_id].map(plainPart).join('_')}.json`
export const plainPart = (part: string) => (/^[A-Za-z0-9-]{1,40}$/.test(part) ? part : digestOf(part))
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** On disk before it has its name: whoever sees the name sees all of it, after a power cut, too. */
export async function writeWhole(folder: string, name: string, content: string) {
  const part = path.join(folder, `.${name}.${randomUUID()}.part`)
  try {
    const file = await open(part, 'wx', 0o640)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path.join(folder, name))
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
    throw error
  }
  const whole = await open(folder)
  await whole.sync().finally(() => whole.close())
}

/** The message, and behind it an Ed25519 signature (RFC 8032) over its canonical JSON (RFC 8785: keys in order, no spaces). */
function signedFile(message: Message, secret: string): string {
  const { delivery_id, message_id, notice_id, mode, severity, label, date, to_name, address } = message
  const { subject, text, link } = message
  const content = {
    ...{ delivery_id, message_id, notice_id, mode, severity, label: labelNames[label], date: date.toISOString() },
    ...{ to_name, institution_code: address, subject, text, link },
  }
  // Control characters are written differently by different programs, and would make the same text look changed.
  const plain = Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, value && withoutControls(value)]),
  )
  return `${JSON.stringify({ noroshi_message: 1, ...signed(plain, secret) }, null, 2)}\n`
}

/** What the program says, with its signature beside it: messages, and answers to files that came in. */
export function signed(message: object, secret: string) {
  const { private_key, public_key, fingerprint } = fileDropKey(secret)
  const signature = {
    algorithm: 'Ed25519',
    fingerprint,
    public_key: public_key.export({ format: 'pem', type: 'spki' }),
    value: sign(null, Buffer.from(canonical(message)), private_key).toString('base64'),
  }
  return { message, signature }
}

const withoutControls = (text: string) => text.toWellFormed().replace(/(?![\n\t])\p{Cc}/gu, '')

/** Whether a file is as the holder of this public key wrote it; the key within the file is not believed. */
export function checkFile(content: string, public_key: KeyObject | string): boolean {
  try {
    const { message, signature } = JSON.parse(content) as { message: object; signature: { value: string } }
    const key = typeof public_key === 'string' ? createPublicKey(public_key) : public_key
    return verify(null, Buffer.from(canonical(message)), key, Buffer.from(signature.value, 'base64'))
  } catch {
    return false
  }
}
