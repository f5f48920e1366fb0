import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { isPublicName } from '#ground/channels/safe-address.ts'
import { readPhone } from '#ground/market/phone.ts'
import { isNumber, type TypedMeans } from './words.ts'

export type ReadAddress = { address: string; extension: string }
/** Why an address cannot be taken. */
export type AddressFault = 'phone' | 'mail' | 'webhook' | 'too_long'

/** Reads one address as people write it, into the one form in which it is kept. */
export function readWritten(means: TypedMeans, written: string): ReadAddress | { fault: AddressFault } {
  if (written.length > 500) return { fault: 'too_long' }
  if (isNumber(means)) return readPhone(written) ?? { fault: 'phone' }
  const address = means === 'mail' ? readMail(written) : readWebhook(written)
  return address ? { address, extension: '' } : { fault: means === 'mail' ? 'mail' : 'webhook' }
}

/** In lower case and in ASCII: a domain in other letters as the name system writes it (RFC 3492). */
export function readMail(written: string): string | undefined {
  const narrow = written.normalize('NFKC').trim().toLowerCase()
  const at = narrow.lastIndexOf('@')
  const domain = domainToASCII(narrow.slice(at + 1))
  const read = z
    .email()
    .max(254)
    .safeParse(`${narrow.slice(0, at)}@${domain}`)
  return at > 0 && read.success ? read.data : undefined
}

/** An address on the open net that is reached under a certificate: never this machine, a private network, or a password. */
function readWebhook(written: string): string | undefined {
  const url = URL.parse(written.trim())
  if (url?.protocol !== 'https:' || url.username || url.password) return undefined
  return isPublicName(url.hostname) && url.href.length <= 500 ? url.href : undefined
}
