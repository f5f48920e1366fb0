import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import type { Auth } from './auth.ts'
import { readPerson } from './queries.ts'

export const SignInForm = z.object({
  email: z.string().trim().toLowerCase().max(254).catch(''),
  password: z.string().max(256).catch(''),
  next: z.string().catch(''),
})
export type SignInForm = z.output<typeof SignInForm>

/** Opens a session and gives the headers that set its cookie. A refusal never says whether the address is known. */
export async function signIn(
  { whole: db, clock }: Tools,
  auth: Auth,
  { email, password }: SignInForm,
  request: Headers,
): Promise<{ headers: Headers } | { failed: 'refused' }> {
  const headers = new Headers({ 'user-agent': (request.get('user-agent') ?? '').slice(0, 300) })
  const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })
  const at = clock()
  const known = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst()
  const person = known && (await readPerson(db, known.id))

  if (!answer.ok || !person) {
    if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status}`)
    await db.transaction().execute((tx) =>
      record(tx, { program: 'access' }, at, {
        action: 'sign-in.refused',
        about: '/sign-in',
        details: person ? { person_id: person.id } : {},
      }),
    )
    return { failed: 'refused' }
  }
  await db.transaction().execute((tx) => record(tx, person, at, { action: 'sign-in.succeeded', about: '/sign-in' }))
  return { headers: answer.headers }
}
