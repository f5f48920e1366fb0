import type { Auth } from '#ground/auth/auth.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { recordRefusal } from '#ground/trail/record-refusal.ts'
import { decide } from './decide.ts'
import { discover, parseEndpoints } from './discover.ts'
import { openSession } from './open-session.ts'
import { addressesOf, type Proof, proveOidc, proveSaml } from './protocol.ts'
import { agreementOf, type ProviderInUse, readProviderInUse } from './providers.ts'
import { takeRequest } from './requests.ts'
import { problemOf, readAnswer, withMail } from './saml-answer.ts'

export type Finished = { next: string; headers: Headers } | { refused: 'provider_down' | 'desk_not_agreed' | 'refused' }

type Request = NonNullable<Awaited<ReturnType<typeof takeRequest>>>
type Came = {
  key: string | undefined
  headers: Headers
  /** The session that the new one takes the place of. */
  replaces: string | undefined
}

/** Ends the way of an OpenID Connect sign-in: checks what came back and lets the person in, or records why not. */
export async function finishOidc(
  tools: Tools,
  auth: Auth,
  provider: ProviderInUse,
  { key, query, ...came }: Came & { query: Record<string, string> },
): Promise<Finished> {
  const request = await takeRequest(tools, key)
  if (provider.kind !== 'oidc' || !isOf(request, provider) || request.state !== query.state)
    return refuse(tools, provider.id, 'state')
  if (query.error) return refuse(tools, provider.id, 'provider_refused')
  if (query.iss !== undefined && query.iss !== provider.issuer) return refuse(tools, provider.id, 'issuer')

  const { code = '', state = '' } = query
  const endpoints = parseEndpoints(request.endpoints)
  const proof = await proveOidc(tools, provider, endpoints, { code, state }, came.headers.get('cookie') ?? '').catch(
    (error: unknown): Proof => {
      if (!isOfNetwork(error)) throw error
      return { failed: 'not_verified' }
    },
  )
  if ('failed' in proof) {
    if (proof.failed === 'provider_down') return refuse(tools, provider.id, proof.failed)
    const now = await discover(tools.config, provider.issuer)
    const is_down = 'failed' in now && now.failed === 'unreachable'
    return refuse(tools, provider.id, is_down ? 'provider_down' : proof.failed)
  }
  if (proof.profile.claims.nonce !== request.nonce) return refuse(tools, provider.id, 'nonce')
  return letIn(tools, auth, provider, request.next, came, proof)
}

/** Ends the way of a SAML sign-in, in the browser that began it. */
export async function finishSaml(tools: Tools, auth: Auth, { key, ...came }: Came): Promise<Finished> {
  const request = await takeRequest(tools, key)
  const provider = request && (await readProviderInUse(tools.whole, tools.config.secret, request.provider_id))
  if (provider?.kind !== 'saml' || !request?.answer) return refuse(tools, provider?.id, 'state')
  const xml = readAnswer(request.answer)
  const { acs_url } = addressesOf(tools.origin, provider.id)
  const problem = xml ? problemOf(xml, { request_id: request.nonce, acs_url, now: tools.clock() }) : 'saml_xml'
  if (problem) return refuse(tools, provider.id, problem)
  const proof = await proveSaml(tools, provider, { SAMLResponse: request.answer, RelayState: request.state })
  if ('failed' in proof) return refuse(tools, provider.id, proof.failed)
  return letIn(tools, auth, provider, request.next, came, { profile: withMail(proof.profile) })
}

/** Records that somebody was not let in through a provider, with the reason and nothing that names a person but an id. */
export async function refuse(
  { whole, clock }: Tools,
  provider: string | undefined,
  reason: string,
): Promise<{ refused: 'provider_down' | 'refused' }> {
  await whole.transaction().execute((tx) => noteRefused(tx, clock(), { provider, reason }))
  return { refused: reason === 'provider_down' ? reason : 'refused' }
}

async function letIn(
  { whole, clock }: Tools,
  auth: Auth,
  provider: ProviderInUse,
  next: string,
  { headers: request, replaces }: Omit<Came, 'key'>,
  { profile }: Extract<Proof, { profile: unknown }>,
): Promise<Finished> {
  const at = clock()
  const opened = await whole.transaction().execute(async (tx) => {
    // Held, so that what the secretariat changes meanwhile counts, and two first sign-ins bind one after the other.
    const { is_active, removed_at, is_agreed } = await tx
      .selectFrom('sso_provider as provider')
      .where('id', '=', provider.id)
      .select(['is_active', 'removed_at'])
      .select(({ exists }) => exists(agreementOf()).as('is_agreed'))
      .forUpdate()
      .executeTakeFirstOrThrow()
    const decision = await decide(
      tx,
      { ...provider, is_active: is_active && !removed_at, is_agreed: Boolean(is_agreed) },
      profile,
    )
    if ('refused' in decision) {
      const { refused: reason, person_id } = decision
      await noteRefused(tx, at, { provider: provider.id, reason, ...(person_id && { person_id }) })
      return reason === 'desk_not_agreed' ? reason : 'refused'
    }
    const { person, is_new } = decision
    if (is_new)
      await tx
        .insertInto('sso_subject')
        .values({ provider_id: provider.id, subject: profile.subject, person_id: person.id, bound_at: at })
        .execute()
    const headers = await openSession(tx, auth, { person_id: person.id, at, request, replaces })
    const details = { method: 'sso', provider: provider.id, ...(is_new && { first: true }) }
    await record(tx, person, at, { action: 'sign-in.succeeded', about: '/sign-in', details })
    return headers
  })
  return typeof opened === 'string' ? { refused: opened } : { next, headers: opened }
}

const noteRefused = (tx: Tx, at: Date, details: { provider: string | undefined; reason: string; person_id?: string }) =>
  recordRefusal(tx, { program: 'access' }, at, {
    action: 'sign-in.refused',
    about: '/sign-in',
    details: { method: 'sso', ...details },
    of: details.person_id ? { person_id: details.person_id } : undefined,
  })

const isOf = (request: Request | undefined, { id }: ProviderInUse): request is Request => request?.provider_id === id

/** What `fetch` throws when the other side is away. */
const isOfNetwork = (error: unknown) => error instanceof TypeError && error.message === 'fetch failed'
