import { createHash, randomBytes } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Tools } from '#ground/tools/tools.ts'
import { discover, type Endpoints, lookAt } from './discover.ts'
import { beginAt } from './protocol.ts'
import { findProvider, readProviderInUse } from './providers.ts'

const way_minutes_max = 10
const hashOf = (key: string) => createHash('sha256').update(key).digest()

export type Begun = {
  /** Where the browser goes now. */
  url: string
  /** Holds the browser to this way; the value of our own cookie. */
  key: string
  /** The sign-in library's own cookies. */
  cookies: string[]
  /** False when nothing answered there: a SAML provider may still be reachable for the person. */
  is_answering: boolean
}

/** Begins the way to the provider of a mail address's domain. The address itself goes nowhere and is not kept. */
export async function beginSso(
  tools: Tools,
  { mail, next }: { mail: string; next: string },
): Promise<Begun | { failed: 'unknown_domain' | 'provider_down'; provider_id?: string }> {
  const { whole, clock, config } = tools
  const domain = mail.trim().toLowerCase().split('@').at(-1) ?? ''
  const found = await findProvider(whole, domain)
  const provider = found && (await readProviderInUse(whole, config.secret, found.id))
  if (!provider) return { failed: 'unknown_domain' }

  let endpoints: Endpoints | null = null
  let is_answering = true
  if (provider.kind === 'oidc') {
    const now = await discover(config, provider.issuer)
    if ('failed' in now) return { failed: 'provider_down', provider_id: provider.id }
    endpoints = now
  } else is_answering = (await lookAt(config, provider.entry_point)) !== 'unreachable'

  const { url, state, cookies } = await beginAt(tools, provider, endpoints)
  const nonce = provider.kind === 'oidc' ? randomBytes(24).toString('base64url') : requestIdOf(url)
  if (provider.kind === 'oidc') url.searchParams.set('nonce', nonce)
  const secret = randomBytes(32).toString('base64url')
  const at = clock()
  await whole.deleteFrom('sso_request').where('expires_at', '<', at).execute()
  const { id } = await whole
    .insertInto('sso_request')
    .values({
      provider_id: provider.id,
      key_hash: hashOf(secret),
      state,
      nonce,
      endpoints: endpoints && JSON.stringify(endpoints),
      next,
      answer: null,
      expires_at: new Date(at.getTime() + way_minutes_max * 60_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { url: url.href, key: `${id}.${secret}`, cookies, is_answering }
}

/** The way that this browser began, taken away as it is read: who comes a second time finds none. */
export async function takeRequest({ whole, clock }: Tools, key: string | undefined) {
  const [id = '', secret = ''] = key?.split('.') ?? []
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const request = await whole
    .deleteFrom('sso_request')
    .where('id', '=', id)
    .where('key_hash', '=', hashOf(secret))
    .returningAll()
    .executeTakeFirst()
  return request && request.expires_at > clock() ? request : undefined
}

/** Keeps what a SAML provider sent for a way that is under way and still unanswered; false when there is none. */
export async function keepAnswer(
  { whole, clock }: Tools,
  { provider_id, state, answer }: { provider_id: string; state: string; answer: string },
): Promise<boolean> {
  const { numUpdatedRows } = await whole
    .updateTable('sso_request')
    .set({ answer })
    .where('provider_id', '=', provider_id)
    .where('state', '=', state)
    .where('answer', 'is', null)
    .where('expires_at', '>', clock())
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The id of the SAML request in an address (redirect binding: deflated, base64). */
function requestIdOf(url: URL): string {
  const request = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString('utf8')
  const id = /<[^>]*AuthnRequest[^>]*\sID="([^"]+)"/.exec(request)?.[1]
  if (!id) throw new Error('The SAML request has no id')
  return id
}
