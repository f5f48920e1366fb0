import { z } from 'zod'
import type { Auth } from '#ground/auth/auth.ts'
import { password_length_max } from '#ground/auth/password.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { mayTry, tried } from './attempts.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { readMethods } from './methods.ts'
import { type Asking, noteRefusal, noteSignIn } from './note-sign-in.ts'
import { readPerson } from './queries.ts'

export const SignInForm = z.object({
  email: z.string().trim().toLowerCase().max(254).catch(''),
  password: z.string().max(password_length_max).catch(''),
  next: z.string().catch(''),
})
export type SignInForm = z.output<typeof SignInForm>

/** Too many failures: nothing was tried. */
export type Limited = { failed: 'limited'; until: Date }
/** The headers set the cookie of a session, or of the wait for a second factor. */
export type SignInAnswer =
  | { headers: Headers; needs?: 'second_factor' }
  /** `passkey`: the password was right, but this person signs in with a passkey. */
  | { failed: 'refused' | 'passkey' }
  | Limited

/** Opens a session with a password, or asks for the second factor. A refusal never says whether the address is known. */
export async function signIn(
  tools: Pick<Tools, 'whole' | 'clock' | 'config'>,
  auth: Auth,
  { email, password }: SignInForm,
  { headers: request, address, replaces }: Asking,
): Promise<SignInAnswer> {
  // What was left empty, or is longer than any, guesses nothing: nothing is compared, counted or noted.
  if (!email || !password) return { failed: 'refused' }
  const { whole: db, clock, config } = tools
  const at = clock()
  const known = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst()
  const asked = await mayTry(db, { purpose: 'password', account: email, address, person_id: known?.id }, at)
  if ('failed' in asked) return asked

  const answer = await auth.api.signInEmail({
    body: { email, password },
    headers: forwarded(request),
    asResponse: true,
  })
  const person = known && (await readPerson(db, known.id))
  const token = tokenIn(answer.headers)

  if (!answer.ok || !person) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    await tried(db, asked.attempt, false, at)
    await noteRefusal(tools, { person_id: person?.id, token }, at)
    return { failed: 'refused' }
  }
  await tried(db, asked.attempt, true, at)
  if (!token) return { headers: answer.headers, needs: 'second_factor' }

  // Asked after the session is there: who sets up a passkey at this moment ends it.
  const { passkeys, is_exempt } = await readMethods(db, person.id, config)
  if (passkeys.length > 0 && !is_exempt) {
    await noteRefusal(tools, { person_id: person.id, token, reason: 'passkey_needed' }, at)
    return { failed: 'passkey' }
  }
  const noted = await noteSignIn(tools, person, answer.headers, { method: 'password', at, replaces })
  return noted ? { headers: answer.headers } : { failed: 'refused' }
}
