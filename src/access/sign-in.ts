import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import { mayTry, tried } from './attempts.ts'
import type { Auth } from './auth.ts'
import { beginSession } from './open-session.ts'
import { readPerson } from './queries.ts'

export const SignInForm = z.object({
  email: z.string().trim().toLowerCase().max(254).catch(''),
  password: z.string().max(256).catch(''),
  next: z.string().catch(''),
})
export type SignInForm = z.output<typeof SignInForm>

type Asking = {
  headers: Headers
  /** As `addressKey` gives it. */
  address: string
  /** The session that the new one takes the place of. */
  replaces?: string | undefined
}

/** Opens a session and gives the headers that set its cookie. A refusal never says whether the address is known. */
export async function signIn(
  { whole: db, clock }: Tools,
  auth: Auth,
  { email, password }: SignInForm,
  { headers: request, address, replaces }: Asking,
): Promise<{ headers: Headers } | { failed: 'refused' } | { failed: 'limited'; until: Date }> {
  const at = clock()
  const known = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst()
  // What was left empty guesses nothing.
  const asked =
    email && password
      ? await mayTry(db, { purpose: 'password', account: email, address, person_id: known?.id }, at)
      : { attempt: null }
  if ('failed' in asked) return asked

  const headers = new Headers({ 'user-agent': (request.get('user-agent') ?? '').slice(0, 300) })
  const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })
  const person = known && (await readPerson(db, known.id))

  if (!answer.ok || !person) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    if (asked.attempt) await tried(db, asked.attempt, false, at)
    await db.transaction().execute((tx) =>
      record(tx, { program: 'access' }, at, {
        action: 'sign-in.refused',
        about: '/sign-in',
        details: person ? { person_id: person.id } : {},
      }),
    )
    return { failed: 'refused' }
  }
  if (asked.attempt) await tried(db, asked.attempt, true, at)
  await db.transaction().execute(async (tx) => {
    await beginSession(tx, answer.headers, { method: 'password', at, replaces })
    await record(tx, person, at, { action: 'sign-in.succeeded', about: '/sign-in' })
  })
  return { headers: answer.headers }
}
