import { z } from 'zod'
import type { Auth } from '#ground/auth/auth.ts'
import { challenge_cookie } from '#ground/auth/passkey-plugin.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { forgetOne, mayTry, tried } from './attempts.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { type Asking, noteRefusal, noteSignIn } from './note-sign-in.ts'
import { answerOf, field } from './passkey-answer.ts'
import { readPerson } from './queries.ts'
import type { Limited } from './sign-in.ts'

/** What a device answers when it proves that it holds a passkey (WebAuthn Level 3, AuthenticationResponseJSON). */
export const SignInAnswer = answerOf(
  z.object({
    clientDataJSON: field,
    authenticatorData: field,
    signature: field,
    userHandle: field.default(''),
  }),
)

/**
 * A challenge for whichever passkey the person chooses on their device: nobody is asked who they are. `address`: of who is not signed
 * in, and gets no more than some that they do not answer.
 */
export async function passkeyChallenge(
  { whole, clock }: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  request: Headers,
  address: string | null,
): Promise<{ options: object; headers: Headers } | Limited> {
  if (address !== null) {
    const asked = await mayTry(whole, { purpose: 'challenge', account: null, address }, clock())
    if ('failed' in asked) return asked
  }
  await whole.deleteFrom('verification').where('expires_at', '<', clock()).execute()
  const answer = await auth.api.generatePasskeyAuthenticationOptions({ headers: forwarded(request), asResponse: true })
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`)
  const options = (await answer.json()) as object
  // The library asks for the holder's verification only where that is convenient.
  return { options: { ...options, userVerification: 'required' }, headers: answer.headers }
}

/** Opens a session for who answers the challenge with a passkey that is known. */
export async function signInWithPasskey(
  tools: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  written: string | undefined,
  { headers: request, address, replaces }: Asking,
): Promise<{ headers: Headers } | { failed: 'refused' } | Limited> {
  const response = SignInAnswer.safeParse(written)
  // What no device says proves nothing: nothing is compared, counted or noted.
  if (!response.success) return { failed: 'refused' }
  const { whole: db, clock } = tools
  const at = clock()
  const asked = await mayTry(db, { purpose: 'passkey', account: null, address }, at)
  if ('failed' in asked) return asked
  const refuse = async (person_id?: string, token?: string) => {
    await tried(db, asked.attempt, false, at)
    await noteRefusal(tools, { person_id, token, reason: 'passkey' }, at)
    return { failed: 'refused' } as const
  }
  const answer = await auth.api.verifyPasskeyAuthentication({
    body: { response: response.data },
    headers: forwarded(request, challenge_cookie),
    asResponse: true,
  })
  const passkey = await db
    .selectFrom('passkey')
    .select(['id', 'person_id', 'name'])
    .where('credential_id', '=', response.data.id)
    .executeTakeFirst()
  const person = passkey && (await readPerson(db, passkey.person_id))
  if (!answer.ok || !person) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    return refuse(person?.id, tokenIn(answer.headers))
  }
  await tried(db, asked.attempt, true, at)
  await forgetOne(db, 'challenge', address)
  await db.updateTable('passkey').set({ last_used_at: at }).where('id', '=', passkey.id).execute()
  const { id: passkey_id, name } = passkey
  const noted = await noteSignIn(
    tools,
    person,
    answer.headers,
    { method: 'passkey', at, replaces },
    { passkey_id, name },
  )
  return noted ? { headers: answer.headers } : { failed: 'refused' }
}
