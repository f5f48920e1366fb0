import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import type { Auth } from './auth.ts'
import type { Person } from './person.ts'

/** Ends the session on the server and gives the headers that clear its cookie. */
export async function signOut(
  { whole: db, clock }: Tools,
  auth: Auth,
  person: Person,
  request: Headers,
): Promise<Headers> {
  const answer = await auth.api.signOut({
    headers: new Headers({ cookie: request.get('cookie') ?? '' }),
    asResponse: true,
  })
  await db.transaction().execute((tx) => record(tx, person, clock(), { action: 'sign-out.done', about: '/sign-in' }))
  return answer.headers
}
