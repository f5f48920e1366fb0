import { AsyncLocalStorage } from 'node:async_hooks'
import { hkdfSync } from 'node:crypto'
import { type SSOOptions, sso } from '@better-auth/sso'
import { betterAuth } from 'better-auth'
import type { Tools } from '#ground/tools/tools.ts'
import { answer_ms_max, type Endpoints, isLocal } from './discover.ts'
import type { ProviderInUse } from './providers.ts'

/** What a provider has proved about whoever was there: nothing yet about who that is here. */
export type Profile = {
  subject: string
  /** As the provider wrote it. */
  mail: string
  is_mail_verified: boolean
  /** OpenID Connect: claims of the verified ID token. SAML: attributes of the verified assertion. */
  claims: Readonly<Record<string, unknown>>
}

export type Proof = { profile: Profile } | { failed: string }

/** Where the verified profile of the running sign-in is put down. */
const desk = new AsyncLocalStorage<{ profile?: Profile }>()

type Resolve = NonNullable<SSOOptions['resolveUser']>

/**
 * The sign-in library asks, after every check of the protocol and before it touches an account, whose profile this is.
 * Always refusing here ends its work: it creates no person, links no account, opens no session and keeps no token.
 */
const putDown: Resolve = (input) => {
  const place = desk.getStore()
  if (place)
    place.profile = {
      subject: input.accountKey.accountId,
      mail: input.providerUser.email,
      is_mail_verified: input.providerUser.emailVerified,
      claims: input.protocol === 'oidc' ? input.verifiedIdTokenClaims : input.providerAttributes,
    }
  return { action: 'reject', code: 'put_down' }
}

/** Where the provider sends the person back to, and how we call ourselves there. The library's own paths, below /sign-in. */
export const addressesOf = (origin: string, provider_id: string) => ({
  redirect_uri: `${origin}/sign-in/sso/callback/${provider_id}`,
  acs_url: `${origin}/sign-in/sso/saml2/sp/acs/${provider_id}`,
  entity_id: `${origin}/sign-in/sso/metadata/${provider_id}`,
})

const clock_skew_ms = 60_000

/** The protocol for one provider: the library knows no other, so no other can answer in its place. */
function protocolOf({ whole, config, origin }: Tools, provider: ProviderInUse, endpoints: Endpoints | null) {
  const { token_endpoint, jwks_uri, userinfo_endpoint } = endpoints ?? {}
  const local = [token_endpoint, jwks_uri, userinfo_endpoint]
    .filter((address) => address !== undefined && isLocal(config, new URL(address)))
    .map((address) => new URL(address ?? '').origin)
  return betterAuth({
    appName: 'Noroshi',
    // Of its own, so that nothing it signs counts as a session of the program.
    secret: Buffer.from(hkdfSync('sha256', config.secret, '', 'noroshi sso protocol', 32)).toString('base64url'),
    baseURL: origin,
    basePath: '/sign-in',
    trustedOrigins: local,
    database: { db: whole, type: 'postgres', transaction: true },
    verification: {
      modelName: 'sso_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix: 'noroshi-sso',
      useSecureCookies: origin.startsWith('https:'),
      // It knows no other table of ours: even by mistake it could write no person, account or session.
      database: { validateSchema: false },
    },
    plugins: [
      sso({
        resolveUser: putDown,
        disableImplicitSignUp: true,
        trustEmailVerified: true,
        saml: {
          allowIdpInitiated: false,
          enableInResponseToValidation: true,
          requireTimestamps: true,
          clockSkew: clock_skew_ms,
          algorithms: { onDeprecated: 'reject' },
        },
        defaultSSO: [{ providerId: provider.id, domain: provider.domain, ...settingsOf(origin, provider, endpoints) }],
      }),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

function settingsOf(origin: string, provider: ProviderInUse, endpoints: Endpoints | null) {
  const { id, issuer } = provider
  if (provider.kind === 'saml') {
    const { entry_point, certificates } = provider
    const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
    return {
      samlConfig: {
        issuer: addressesOf(origin, id).entity_id,
        entryPoint: entry_point,
        wantAssertionsSigned: true,
        idpMetadata: {
          entityID: issuer,
          cert: certificates,
          singleSignOnService: [{ Binding: redirect, Location: entry_point }],
          // Never used, since signing out here ends nothing there; without one the library warns at each sign-in.
          singleLogoutService: [{ Binding: redirect, Location: entry_point }],
        },
      },
    }
  }
  if (!endpoints) throw new Error('An OpenID Connect provider is used with its endpoints')
  return {
    oidcConfig: {
      issuer,
      pkce: true,
      clientId: provider.client_id,
      clientSecret: provider.client_secret,
      discoveryEndpoint: `${issuer}/.well-known/openid-configuration`,
      authorizationEndpoint: endpoints.authorization_endpoint,
      tokenEndpoint: endpoints.token_endpoint,
      jwksEndpoint: endpoints.jwks_uri,
      userInfoEndpoint: endpoints.userinfo_endpoint,
      tokenEndpointAuthentication: endpoints.token_auth,
      scopes: ['openid', 'email'],
    },
  }
}

/** Begins the way to the provider: the address there, the state that will come back, and the library's cookies. */
export async function beginAt(tools: Tools, provider: ProviderInUse, endpoints: Endpoints | null) {
  const { api } = protocolOf(tools, provider, endpoints)
  const { headers, response } = await api.signInSSO({
    body: { providerId: provider.id, callbackURL: '/home', errorCallbackURL: '/home' },
    headers: new Headers(),
    returnHeaders: true,
  })
  const url = new URL(response.url)
  const state = url.searchParams.get(provider.kind === 'oidc' ? 'state' : 'RelayState')
  if (!state) throw new Error('The way to the provider has no state')
  return { url, state, cookies: headers.getSetCookie() }
}

/** Checks what an OpenID Connect provider sent back: state, code for tokens, signature, issuer, audience, times. */
export function proveOidc(
  tools: Tools,
  provider: ProviderInUse,
  endpoints: Endpoints,
  query: { code?: string; state?: string; error?: string },
  cookie: string,
): Promise<Proof> {
  const { api } = protocolOf(tools, provider, endpoints)
  const headers = new Headers({ cookie })
  return prove(() => api.callbackSSO({ params: { providerId: provider.id }, query, headers, asResponse: true }))
}

/** Checks what a SAML provider sent: signature, our request, audience, recipient, times, first use. */
export function proveSaml(
  tools: Tools,
  provider: ProviderInUse,
  body: { SAMLResponse: string; RelayState: string },
): Promise<Proof> {
  const { api } = protocolOf(tools, provider, null)
  const headers = new Headers()
  return prove(() =>
    api.acsEndpoint({ params: { providerId: provider.id }, method: 'POST', body, headers, asResponse: true }),
  )
}

/** The document that tells the other side's administrators how to reach us. */
export async function spMetadata(tools: Tools, provider: ProviderInUse): Promise<string> {
  const { api } = protocolOf(tools, provider, null)
  const answer = await api.spMetadata({ query: { providerId: provider.id }, asResponse: true })
  return answer.text()
}

async function prove(check: () => Promise<Response>): Promise<Proof> {
  const place: { profile?: Profile } = {}
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, answer_ms_max, null)
  })
  try {
    const answer = await Promise.race([desk.run(place, check), late])
    if (answer === null) return { failed: 'provider_down' }
    return place.profile ? { profile: place.profile } : { failed: await failureOf(answer) }
  } finally {
    clearTimeout(timer)
  }
}

/** What the library says beside `invalid_provider` of its own accord; anything else there are the provider's words, which may name someone. */
const own_words = new Set([
  'token_not_verified',
  'id_token_subject_missing',
  'id_token_required_for_user_resolution',
  'id_token_userinfo_subject_mismatch',
  'missing_user_info',
])

/** The library's own word for what was wrong: in the address it would send the browser to, or in its answer. */
async function failureOf(answer: Response): Promise<string> {
  if (answer.status >= 500) throw new Error(`The sign-in library failed: ${answer.status}`)
  const location = answer.headers.get('location')
  const said = location
    ? new URL(location, 'http://here.invalid').searchParams
    : new URLSearchParams((await answer.json().catch(() => ({}))) as Record<string, string>)
  const more = said.get('error_description') ?? ''
  const word = own_words.has(more) ? more : (said.get('error') ?? said.get('code') ?? 'not_verified')
  if (word === 'saml_error') return 'saml_not_verified'
  return word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
}
