import { lookup } from 'node:dns/promises'
import { classifyHost, isLoopbackHost, isPublicRoutableHost } from '@better-auth/core/utils/host'
import {
  computeDiscoveryUrl,
  DiscoveryError,
  fetchDiscoveryDocument,
  selectTokenEndpointAuthMethod,
  validateDiscoveryDocument,
} from '@better-auth/sso'
import { z } from 'zod'
import type { Config } from '#ground/config/config.ts'

/** How long a provider may take to answer before it counts as down. */
export const answer_ms_max = 5000

/** What a provider says of itself, as far as a sign-in needs it. */
const Endpoints = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  token_auth: z.enum(['client_secret_basic', 'client_secret_post']),
})
export type Endpoints = z.output<typeof Endpoints>
export const parseEndpoints = (kept: unknown): Endpoints => Endpoints.parse(kept)

export type Unfit = 'address' | 'private' | 'unreachable' | 'not_oidc' | 'issuer' | 'incomplete' | 'token_auth'

type Mode = Pick<Config, 'mode'>

/** http is for a demo or a test on one machine; everywhere else only https counts. */
export const isLocal = ({ mode }: Mode, { protocol, hostname }: URL) =>
  mode === 'demo' && protocol === 'http:' && isLoopbackHost(hostname)

/** Whether the program may call this address: https, and not one of an inner network, neither as written nor as it resolves. */
export async function judgeAddress(config: Mode, text: string): Promise<'address' | 'private' | undefined> {
  if (!URL.canParse(text)) return 'address'
  const url = new URL(text)
  if (isLocal(config, url)) return undefined
  if (url.protocol !== 'https:' || url.username || url.password || url.hash) return 'address'
  if (!isPublicRoutableHost(url.hostname)) return 'private'
  if (classifyHost(url.hostname).literal !== 'fqdn') return undefined
  // A name that does not resolve is not private; calling it will say that it is unreachable.
  const resolved = await lookup(url.hostname, { all: true }).catch(() => [])
  return resolved.every(({ address }) => isPublicRoutableHost(address)) ? undefined : 'private'
}

/** Asks an OpenID Connect provider where its endpoints are now, and refuses any that the program may not call. */
export async function discover(config: Mode, issuer: string): Promise<Endpoints | { failed: Unfit }> {
  const unfit = await judgeAddress(config, issuer)
  if (unfit) return { failed: unfit }
  const at = computeDiscoveryUrl(issuer)
  try {
    const found = await fetchDiscoveryDocument(at, answer_ms_max, (url) => isLocal(config, new URL(url)))
    validateDiscoveryDocument(found, issuer)
    // Whoever changes the issuer's name by a slash has another issuer: tokens carry it letter by letter.
    if (found.issuer !== issuer) return { failed: 'issuer' }
    const ways = found.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    if (!ways.some((way: string) => way === 'client_secret_basic' || way === 'client_secret_post'))
      return { failed: 'token_auth' }
    const endpoints = Endpoints.safeParse({ ...found, token_auth: selectTokenEndpointAuthMethod(found) })
    if (!endpoints.success) return { failed: 'incomplete' }
    const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = endpoints.data
    for (const address of [token_endpoint, jwks_uri, userinfo_endpoint ?? token_endpoint]) {
      const why = await judgeAddress(config, address)
      if (why) return { failed: why }
    }
    return isForBrowsers(config, authorization_endpoint) ? endpoints.data : { failed: 'address' }
  } catch (error) {
    return { failed: unfitOf(error) }
  }
}

/** Where a person's browser is sent: it may be inside their institution, but not in the clear. */
export const isForBrowsers = (config: Mode, text: string) =>
  URL.canParse(text) && (new URL(text).protocol === 'https:' || isLocal(config, new URL(text)))

/**
 * Whether anything answers there in time, be it with a refusal: a SAML provider has no other address to ask. One of an
 * inner network is not asked, since only browsers go there.
 */
export async function lookAt(config: Mode, address: string): Promise<'ok' | 'unreachable' | 'private' | 'address'> {
  const unfit = await judgeAddress(config, address)
  if (unfit) return unfit
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(answer_ms_max) })
    await answer.body?.cancel()
    return answer.status < 500 ? 'ok' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

function unfitOf(error: unknown): Unfit {
  if (!(error instanceof DiscoveryError)) return 'not_oidc'
  switch (error.code) {
    case 'discovery_timeout':
    case 'discovery_unexpected_error':
      return 'unreachable'
    case 'discovery_private_host':
      return 'private'
    case 'discovery_incomplete':
      return 'incomplete'
    case 'issuer_mismatch':
      return 'issuer'
    default:
      return 'not_oidc'
  }
}
