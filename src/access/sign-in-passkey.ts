import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import type { Auth } from './auth.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { noteRefusal, noteSignIn } from './note-sign-in.ts'
import { answerOf, field } from './passkey-answer.ts'
import { challenge_cookie } from './passkey-plugin.ts'
import { readPerson } from './queries.ts'

/** What a device answers when it proves that it holds a passkey (WebAuthn Level 3, AuthenticationResponseJSON). */
const Answer = answerOf(
  z.object({
    clientDataJSON: field,
    authenticatorData: field,
    signature: field,
    userHandle: field.default(''),
  }),
)

/** A challenge for whichever passkey the person chooses on their device: nobody is asked who they are. */
export async function passkeyChallenge(
  { whole, clock }: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  request: Headers,
): Promise<{ options: object; headers: Headers }> {
  // Anyone may ask for one, and most are never answered.
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
  request: Headers,
): Promise<{ headers: Headers } | { failed: 'refused' }> {
  const { whole: db, clock } = tools
  const response = Answer.safeParse(written)
  if (!response.success) {
    await noteRefusal(tools, { reason: 'passkey' })
    return { failed: 'refused' }
  }
  const answer = await auth.api.verifyPasskeyAuthentication({
    body: { response: response.data },
    headers: forwarded(request, challenge_cookie),
    asResponse: true,
  })
  const token = tokenIn(answer.headers)
  const passkey = await db
    .selectFrom('passkey')
    .select(['id', 'person_id', 'name'])
    .where('credential_id', '=', response.data.id)
    .executeTakeFirst()
  const person = passkey && (await readPerson(db, passkey.person_id))
  if (!answer.ok || !person || !token) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    await noteRefusal(tools, { person_id: person?.id, token, reason: 'passkey' })
    return { failed: 'refused' }
  }
  await db.updateTable('passkey').set({ last_used_at: clock() }).where('id', '=', passkey.id).execute()
  const noted = await noteSignIn(
    tools,
    auth,
    { person, token, method: 'passkey', request },
    { passkey_id: passkey.id, name: passkey.name },
  )
  return noted ? { headers: answer.headers } : { failed: 'refused' }
}
