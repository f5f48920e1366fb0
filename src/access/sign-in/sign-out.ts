import type { Auth } from '#ground/auth/auth.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

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
