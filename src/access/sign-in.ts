import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import type { Auth } from './auth.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { readMethods } from './methods.ts'
import { noteRefusal, noteSignIn } from './note-sign-in.ts'
import { readPerson } from './queries.ts'

export const SignInForm = z.object({
  email: z.string().trim().toLowerCase().max(254).catch(''),
  password: z.string().max(256).catch(''),
  next: z.string().catch(''),
})
export type SignInForm = z.output<typeof SignInForm>

/** The headers set the cookie of a session, or of the wait for a second factor. */
export type SignInAnswer =
  | { headers: Headers; needs?: 'second_factor' }
  /** `passkey`: the password was right, but this person signs in with a passkey. */
  | { failed: 'refused' | 'passkey' }

/** Opens a session with a password, or asks for the second factor. A refusal never says whether the address is known. */
export async function signIn(
  tools: Pick<Tools, 'whole' | 'clock' | 'config'>,
  auth: Auth,
  { email, password }: SignInForm,
  request: Headers,
): Promise<SignInAnswer> {
  const { whole: db, config } = tools
  const answer = await auth.api.signInEmail({
    body: { email, password },
    headers: forwarded(request),
    asResponse: true,
  })
  const known = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst()
  const person = known && (await readPerson(db, known.id))
  const token = tokenIn(answer.headers)

  if (!answer.ok || !person) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    await noteRefusal(tools, { person_id: person?.id, token })
    return { failed: 'refused' }
  }
  if (!token) return { headers: answer.headers, needs: 'second_factor' }

  // Asked after the session is there: who sets up a passkey at this moment ends it.
  const { passkeys, is_exempt } = await readMethods(db, person.id, config)
  if (passkeys.length > 0 && !is_exempt) {
    await noteRefusal(tools, { person_id: person.id, token, reason: 'passkey_needed' })
    return { failed: 'passkey' }
  }
  if (!(await noteSignIn(tools, auth, { person, token, method: 'password', request }))) return { failed: 'refused' }
  return { headers: answer.headers }
}
