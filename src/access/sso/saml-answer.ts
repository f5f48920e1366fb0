import { XMLParser } from 'fast-xml-parser'
import type { Profile } from './protocol.ts'

/** Ten times what providers send; it is kept for some minutes, whoever sent it. */
const answer_bytes_max = 128 * 1024

/** Refuses what could be read in two ways before any parser sees it: declarations of types and entities, comments, instructions. */
export function plainXml(xml: string): boolean {
  const body = xml.replace(/^\uFEFF?\s*<\?xml [^<>?]*\?>/, '')
  return !body.includes('<!') && !body.includes('<?') && !body.includes('\0')
}

/** The XML that a SAML provider sent; undefined when it is too long, no base64, no UTF-8, or more than plain elements. */
export function readAnswer(encoded: string): string | undefined {
  const text = encoded.replace(/\s+/g, '')
  if (text.length === 0 || text.length > answer_bytes_max || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'))
    return plainXml(xml) ? xml : undefined
  } catch {
    return undefined
  }
}

type Node = { [name: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The elements of an XML text; nothing when it is none, or nested deeper than any answer is. */
export function parseXml(xml: string): unknown {
  const reader = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    maxNestedTags: 50,
  })
  try {
    return reader.parse(xml)
  } catch {
    return undefined
  }
}

/** Every element of this name, wherever it stands. */
export function elements(within: unknown, name: string): Node[] {
  if (Array.isArray(within)) return within.flatMap((each) => elements(each, name))
  if (!isNode(within)) return []
  return Object.entries(within).flatMap(([key, value]) => {
    const here = key === name ? (Array.isArray(value) ? value : [value]).map((each) => (isNode(each) ? each : {})) : []
    return [...here, ...elements(value, name)]
  })
}
const attribute = (node: Node | undefined, name: string) => {
  const value = node?.[`@${name}`]
  return typeof value === 'string' ? value : undefined
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const allowed: Record<string, readonly string[]> = {
  SignatureMethod: ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'].map(
    (name) => more + name,
  ),
  DigestMethod: ['http://www.w3.org/2001/04/xmlenc#sha256', `${more}sha384`, 'http://www.w3.org/2001/04/xmlenc#sha512'],
  Transform: [`${dsig}enveloped-signature`, 'http://www.w3.org/2001/10/xml-exc-c14n#'],
  CanonicalizationMethod: ['http://www.w3.org/2001/10/xml-exc-c14n#'],
}
const clock_skew_ms = 60_000

/**
 * What the sign-in library does not look at, or only outside the signature: one assertion and no other; today's algorithms;
 * and that the signed part itself answers this request, here, now. Says what is wrong, or nothing.
 */
export function problemOf(
  xml: string,
  expected: { request_id: string; acs_url: string; now: Date },
): string | undefined {
  const document = parseXml(xml)
  const response = isNode(document) ? document.Response : undefined
  if (!isNode(response) || !isNode(response.Assertion)) return 'saml_shape'
  if (elements(document, 'Assertion').length !== 1 || elements(document, 'EncryptedAssertion').length > 0)
    return 'saml_shape'
  const assertion = response.Assertion
  if (!isNode(assertion.Signature)) return 'saml_assertion_unsigned'
  for (const [name, algorithms] of Object.entries(allowed)) {
    const found = elements(document, name)
    if (found.length === 0 || !found.every((each) => algorithms.includes(attribute(each, 'Algorithm') ?? '')))
      return 'saml_algorithm'
  }

  const [confirmation, ...others] = elements(assertion, 'SubjectConfirmation')
  const data = confirmation?.SubjectConfirmationData
  if (others.length > 0 || !isNode(data)) return 'saml_confirmation'
  if (attribute(confirmation, 'Method') !== 'urn:oasis:names:tc:SAML:2.0:cm:bearer') return 'saml_confirmation'
  if (attribute(data, 'InResponseTo') !== expected.request_id) return 'saml_in_response_to'
  if (attribute(response, 'InResponseTo') !== expected.request_id) return 'saml_in_response_to'
  if (attribute(data, 'Recipient') !== expected.acs_url) return 'saml_recipient'
  const [conditions] = elements(assertion, 'Conditions')
  for (const limit of [attribute(data, 'NotOnOrAfter'), attribute(conditions, 'NotOnOrAfter')]) {
    const end = Date.parse(limit ?? '')
    if (!(expected.now.getTime() < end + clock_skew_ms)) return 'saml_expired'
  }
  const [name_id, ...more_names] = elements(assertion, 'NameID')
  if (!name_id && typeof (assertion.Subject as Node | undefined)?.NameID !== 'string') return 'saml_subject'
  if (more_names.length > 0) return 'saml_subject'
  // Another name at each sign-in would bind nobody.
  if (attribute(name_id, 'Format')?.endsWith(':transient')) return 'saml_subject_transient'
  return undefined
}

const mail_names = [
  'email',
  'mail',
  'emailaddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]

/** The one mail address of a verified assertion, by the names that providers give it; the subject itself where there is none. */
export function withMail(profile: Profile): Profile {
  const found = mail_names.flatMap((name) => profile.claims[name] ?? []).flat()
  const [mail = profile.subject, ...others] = new Set(found.map(String))
  // What the institution's own provider signs about its people counts as verified; two addresses say nothing.
  return { ...profile, mail, is_mail_verified: others.length === 0 }
}
