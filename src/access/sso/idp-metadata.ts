import { X509Certificate } from 'node:crypto'
import { elements, parseXml, plainXml } from './saml-answer.ts'

export type Idp = { issuer: string; entry_point: string; certificates: string[] }
export type IdpProblem = 'metadata_unreadable' | 'metadata_no_issuer' | 'metadata_no_entry' | 'certificate'

const metadata_bytes_max = 256 * 1024
const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/** What a SAML provider's metadata says of it: how it calls itself, where people go, with which certificates it signs. */
export function readIdpMetadata(xml: string): Idp | { failed: IdpProblem } {
  if (xml.length > metadata_bytes_max) return { failed: 'metadata_unreadable' }
  // Comments are common at the top of such files, and only the secretariat brings them.
  const bare = withoutComments(xml)
  const document = plainXml(bare) ? parseXml(bare) : undefined
  const entities = elements(document, 'EntityDescriptor')
  const idp = elements(entities[0], 'IDPSSODescriptor')[0]
  if (entities.length !== 1 || !idp) return { failed: 'metadata_unreadable' }
  const issuer = entities[0]?.['@entityID']
  if (typeof issuer !== 'string' || issuer === '') return { failed: 'metadata_no_issuer' }
  const entry = elements(idp, 'SingleSignOnService').find((service) => service['@Binding'] === redirect)?.['@Location']
  if (typeof entry !== 'string') return { failed: 'metadata_no_entry' }
  const texts = elements(idp, 'KeyDescriptor')
    .filter((key) => key['@use'] !== 'encryption')
    .flatMap((key) => elements(key, 'X509Data').flatMap(({ X509Certificate: text }) => text))
  const certificates = texts.map((text) => readCertificate(String(text)))
  if (certificates.length === 0 || !certificates.every((each) => each !== undefined)) return { failed: 'certificate' }
  return { issuer, entry_point: entry, certificates }
}

/** One that does not end stays, and is refused with what it stands in. */
function withoutComments(xml: string): string {
  const kept: string[] = []
  let from = 0
  for (let at = xml.indexOf('<!--'); at >= 0; at = xml.indexOf('<!--', from)) {
    const end = xml.indexOf('-->', at + 4)
    if (end < 0) break
    kept.push(xml.slice(from, at))
    from = end + 3
  }
  return kept.join('') + xml.slice(from)
}

/** A certificate as PEM, whether it came with its first and last line or without; undefined when it is none that may sign. */
export function readCertificate(text: string): string | undefined {
  const inner = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(inner)) return undefined
  const certificate = tried(() => new X509Certificate(Buffer.from(inner, 'base64')))
  if (!certificate) return undefined
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const is_strong = asymmetricKeyType === 'ec' || (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  return is_strong ? certificate.toString().trim() : undefined
}

/** The last day of the certificate that lasts longest. */
export const lastDay = (certificates: readonly string[]): Date =>
  new Date(Math.max(...certificates.map((pem) => Date.parse(new X509Certificate(pem).validTo))))

/** What two people compare by telephone: SHA-256 of each certificate, in pairs of digits. */
export const fingerprints = (certificates: readonly string[]): string[] =>
  certificates.map((pem) => new X509Certificate(pem).fingerprint256)

function tried<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
