import { getAuthenticatorName } from '@better-auth/passkey'
import { z } from 'zod'
import type { OwnSession } from '#access/sign-in/index.ts'
import { answerOf, field, forwarded, isWeak, session_cookie, tellPerson } from '#access/sign-in/index.ts'
import type { Auth } from '#ground/auth/auth.ts'
import { challenge_cookie } from '#ground/auth/passkey-plugin.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { raiseSession } from './raise-session.ts'

export const passkeys_max = 20
export const passkey_name_max = 60

/** What a device answers when it has made a passkey (WebAuthn Level 3, RegistrationResponseJSON). */
const Answer = answerOf(
  z.object({
    clientDataJSON: field,
    attestationObject: field,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
)

/** What a device needs to know to make a passkey for who is signed in; null when they have as many as one may have. */
export async function newPasskeyChallenge({ whole }: Pick<Tools, 'whole'>, auth: Auth, by: Person, request: Headers) {
  const { count } = await whole
    .selectFrom('passkey')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('person_id', '=', by.id)
    .executeTakeFirstOrThrow()
  if (Number(count) >= passkeys_max) return null
  const answer = await auth.api.generatePasskeyRegistrationOptions({
    query: {},
    headers: forwarded(request, session_cookie),
    asResponse: true,
  })
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`)
  return { options: (await answer.json()) as object, headers: answer.headers }
}

/**
 * Keeps a passkey that was made in answer to the challenge. In a session that a password or a link had opened it counts as
 * a proof, too: that session is replaced by one that may do everything. The headers set its cookie.
 */
export async function addPasskey(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>,
  auth: Auth,
  by: Person,
  session: OwnSession,
  { name, unnamed, response: written }: { name?: string | undefined; unnamed: string; response?: string | undefined },
  request: Headers,
): Promise<{ headers: Headers; raised: boolean } | { failed: 'refused' }> {
  const { whole: db, clock } = tools
  const response = Answer.safeParse(written)
  if (!response.success) return { failed: 'refused' }
  const raised = isWeak(session.method)
  const answer = await auth.api.verifyPasskeyRegistration({
    body: { response: response.data, name: passkeyName(name) ?? unnamed, createSession: raised },
    headers: forwarded(request, session_cookie, challenge_cookie),
    asResponse: true,
  })
  if (!answer.ok) return { failed: 'refused' }

  const at = clock()
  const keep = db.transaction().execute(async (tx) => {
    const passkey = await tx
      .selectFrom('passkey')
      .select(['id', 'name', 'aaguid', 'backed_up', 'device_type'])
      .where('credential_id', '=', response.data.id)
      .where('person_id', '=', by.id)
      .executeTakeFirstOrThrow()
    const given = passkeyName(name) ?? getAuthenticatorName(passkey.aaguid) ?? passkey.name
    await tx.updateTable('passkey').set({ name: given, created_at: at }).where('id', '=', passkey.id).execute()
    if (raised) await raiseSession(tx, tools, by, { from: session, answer: answer.headers, method: 'passkey' }, at)
    const { id: passkey_id, backed_up, device_type } = passkey
    await record(tx, by, at, {
      action: 'passkey.added',
      about: '/account',
      details: { passkey_id, name: given, backed_up, device_type, session: session.method },
    })
    await tellPerson(tx, tools, by, at, 'passkey_added', given)
  })
  // The library has kept it already: a passkey without its line in the trail must not stay.
  await keep.catch(async (error) => {
    await db
      .deleteFrom('passkey')
      .where('credential_id', '=', response.data.id)
      .where('person_id', '=', by.id)
      .execute()
    throw error
  })
  return { headers: answer.headers, raised }
}

/** A name as it was typed, within its limit; undefined when there is none. */
export const passkeyName = (name: string | undefined): string | undefined =>
  name?.replaceAll(/\s+/g, ' ').trim().slice(0, passkey_name_max) || undefined
