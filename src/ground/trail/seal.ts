import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What seals the trail: made from a NOROSHI_SECRET, and told by the first four bytes of each seal. */
export type SealKey = { id: Buffer; key: Buffer }

export function sealKey(secret: string): SealKey {
  const key = createHmac('sha256', secret).update('audit trail').digest()
  return { key, id: createHash('sha256').update(key).digest().subarray(0, 4) }
}

/** Whose seal it is, and what was said, under it: 36 bytes that nobody makes without the secret. */
export const sealOf = ({ id, key }: SealKey, said: string | Buffer): Buffer =>
  Buffer.concat([id, createHmac('sha256', key).update(said).digest()])

/** 'ours': made with one of these keys over just this. 'other': with a key that is not here, so that nothing can be said. */
export function judgeSeal(keys: readonly SealKey[], said: string | Buffer, seal: Buffer): 'ours' | 'broken' | 'other' {
  const key = keys.find(({ id }) => seal.length === 36 && seal.subarray(0, 4).equals(id))
  if (!key) return seal.length === 36 ? 'other' : 'broken'
  return timingSafeEqual(sealOf(key, said), seal) ? 'ours' : 'broken'
}

let own: SealKey | undefined

/** Gives the program the key under which it writes lines; before anything is recorded, once a process. */
export function sealWith(secret: string): void {
  own = sealKey(secret)
}

/** The seal of a line by its hash, which holds the line and all before it. */
export function sealLine(hash: Buffer): Buffer {
  if (!own) throw new Error('Nothing seals the trail yet: sealWith(secret) comes first')
  return sealOf(own, hash)
}
