import { createHmac, timingSafeEqual } from 'node:crypto'

// Lower-case base 32 (after Crockford, without letters that the eye confuses): mail servers may change the case of an address.
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
const bytes_of_number = 6
const bytes_of_proof = 10
const length = Math.ceil(((bytes_of_number + bytes_of_proof) * 8) / 5)

/**
 * What a link or a reply address names: one recipient of one notice, and proof that we wrote it (HMAC-SHA256, 80 bits).
 * It opens that one answer and nothing else; 26 characters.
 */
export function linkToken(secret: string, number: string): string {
  const name = Buffer.alloc(bytes_of_number)
  name.writeUIntBE(Number(number), 0, bytes_of_number)
  return base32(Buffer.concat([name, proof(secret, name)]))
}

/** The recipient's number that a token names; undefined when we did not write it. */
export function numberOfToken(secret: string, token: string): string | undefined {
  const whole = fromBase32(token.toLowerCase())
  if (!whole) return undefined
  const name = whole.subarray(0, bytes_of_number)
  return timingSafeEqual(whole.subarray(bytes_of_number), proof(secret, name))
    ? String(name.readUIntBE(0, bytes_of_number))
    : undefined
}

const proof = (secret: string, name: Buffer) =>
  createHmac('sha256', secret).update('answer a notice\0').update(name).digest().subarray(0, bytes_of_proof)

function base32(buffer: Buffer): string {
  let bits = BigInt(`0x${buffer.toString('hex')}`) << BigInt(length * 5 - buffer.length * 8)
  let text = ''
  for (let index = 0; index < length; index++) {
    text = letters[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}

function fromBase32(text: string): Buffer | undefined {
  if (text.length !== length) return undefined
  let bits = 0n
  for (const letter of text) {
    const value = letters.indexOf(letter)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  const spare = BigInt(length * 5 - (bytes_of_number + bytes_of_proof) * 8)
  if (bits & ((1n << spare) - 1n)) return undefined
  return Buffer.from((bits >> spare).toString(16).padStart((bytes_of_number + bytes_of_proof) * 2, '0'), 'hex')
}
