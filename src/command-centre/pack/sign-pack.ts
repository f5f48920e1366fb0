import { createHash, sign, verify } from 'node:crypto'
import { type SigningKey, signingKey } from '#ground/config/signing-key.ts'

/** The key pair that signs packs, always the same for one secret of the program. */
export const packKey = (secret: string): SigningKey => signingKey(secret, 'pack signature')

const mark = '\n%noroshi-signature ed25519 '
/** Behind the last line of a PDF stands a comment, which every reader of PDFs passes over. */
const signature_bytes = mark.length + 88 + 1

/** The pages with their signature behind them: still one PDF. */
export function signPack(pdf: Buffer, secret: string): { content: Buffer; digest: Buffer } {
  const signature = sign(null, pdf, packKey(secret).private_key).toString('base64')
  return { content: Buffer.concat([pdf, Buffer.from(`${mark}${signature}\n`)]), digest: digestOf(pdf) }
}

/** Whether a file is a pack as the holder of this secret signed it; any changed, missing or added byte is found. */
export function checkPack(content: Buffer, secret: string): { is_whole: boolean; digest: string } {
  const pdf = content.subarray(0, -signature_bytes)
  const end = content.subarray(-signature_bytes).toString('latin1')
  const signature = end.startsWith(mark) && end.endsWith('\n') ? end.slice(mark.length, -1) : ''
  const is_whole = signature !== '' && verify(null, pdf, packKey(secret).public_key, Buffer.from(signature, 'base64'))
  return { is_whole, digest: digestOf(pdf).toString('hex') }
}

const digestOf = (pdf: Buffer) => createHash('sha256').update(pdf).digest()
