import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { IdentityProvider, SamlLib, ServiceProvider } from 'samlify'

/** One element of a certificate (ITU-T X.690: tag, length, content). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** A certificate that signs itself, valid for a day: made new for each run, so that no key lies about. */
function selfSigned(
  key: { publicKey: KeyObject; privateKey: KeyObject },
  until = new Date(Date.now() + 86_400_000),
): string {
  const rsaSha256 = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('Fictional IdP')))),
  )
  const time = (at: Date) =>
    der(
      0x17,
      Buffer.from(
        `${at
          .toISOString()
          .replace(/[-:T]|\.\d+/g, '')
          .slice(2)}`,
      ),
    )
  const validity = der(0x30, time(new Date(Date.now() - 172_800_000)), time(until))
  const serial = der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)]))
  const spki = key.publicKey.export({ type: 'spki', format: 'der' })
  const body = der(0x30, serial, rsaSha256, name, validity, name, spki)
  const signature = createSign('sha256').update(body).sign(key.privateKey)
  const whole = der(0x30, body, rsaSha256, der(0x03, Buffer.of(0), signature))
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----`
}

export type Told = {
  name_id: string
  format: string
  email: string | null
  audience: string
  recipient: string
  in_response_to: string
  confirmed_in_response_to: string
  not_before: Date
  not_after: Date
  assertion_id: string
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000)

/** A SAML provider's part: reads our request and signs an answer to it, as it is told to. */
export function openSaml(entity_id: string, entry_point: string) {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificate = selfSigned(key)
  const algorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  const idp = IdentityProvider({
    entityID: entity_id,
    signingCert: certificate,
    privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    requestSignatureAlgorithm: algorithm,
    singleSignOnService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: entry_point }],
    singleLogoutService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: entry_point }],
  })

  /** The address that a browser was sent to, answered. `sp` is our metadata as the other side got it. */
  async function answer(
    url: URL,
    sp: string,
    told: Partial<Told> & Pick<Told, 'name_id'>,
    how: { is_signed?: boolean; with?: string } = {},
  ) {
    const service = ServiceProvider({ metadata: sp })
    const query = Object.fromEntries(url.searchParams)
    const { extract } = await idp.parseLoginRequest(service, 'redirect', { query })
    const acs = String(service.entityMeta.getAssertionConsumerService('post'))
    const id = String(extract.request?.id)
    const all: Told = {
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      email: null,
      audience: String(service.entityMeta.getEntityID()),
      recipient: acs,
      in_response_to: id,
      confirmed_in_response_to: told.in_response_to ?? id,
      not_before: minutes(-1),
      not_after: minutes(5),
      assertion_id: `_${randomBytes(16).toString('hex')}`,
      ...told,
    }
    const plain = fill(all, entity_id)
    const xml = how.is_signed === false ? plain : signed(plain, how.with ?? algorithm)
    return { acs, xml, form: formOf(xml, url.searchParams.get('RelayState') ?? '') }
  }

  const signed = (plain: string, signatureAlgorithm: string): string =>
    String(
      SamlLib.constructSAMLSignature({
        rawSamlMessage: plain,
        privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        signatureAlgorithm,
        signingCert: idp.entityMeta.getX509Certificate('signing') as string,
        isBase64Output: false,
        referenceTagXPath: "/*[local-name(.)='Response']/*[local-name(.)='Assertion']",
        signatureConfig: {
          prefix: 'ds',
          location: {
            reference: "/*[local-name(.)='Response']/*[local-name(.)='Assertion']/*[local-name(.)='Issuer']",
            action: 'after',
          },
        },
      }),
    )

  return { entity_id, certificate, answer, metadata: () => idp.getMetadata() }
}

export const formOf = (xml: string, relay_state: string) => ({
  SAMLResponse: Buffer.from(xml).toString('base64'),
  RelayState: relay_state,
})

function fill(told: Told, issuer: string): string {
  const now = new Date().toISOString()
  const attributes = told.email
    ? `<saml:AttributeStatement><saml:Attribute Name="email" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"><saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${told.email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`
    : ''
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomBytes(16).toString('hex')}" Version="2.0" IssueInstant="${now}" Destination="${told.recipient}" InResponseTo="${told.in_response_to}"><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="${told.assertion_id}" Version="2.0" IssueInstant="${now}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${told.format}">${told.name_id}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${told.not_after.toISOString()}" Recipient="${told.recipient}" InResponseTo="${told.confirmed_in_response_to}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${told.not_before.toISOString()}" NotOnOrAfter="${told.not_after.toISOString()}"><saml:AudienceRestriction><saml:Audience>${told.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>${attributes}</saml:Assertion></samlp:Response>`
}
