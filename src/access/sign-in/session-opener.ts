import type { Auth } from '#ground/auth/auth.ts'
import type { Method } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'

/** Such a session ends this long after it was opened. Who was only invited has to set up a way to sign in, and no more. */
const minutes_max_of: Partial<Record<Method, number>> = { invitation: 60, break_glass: 4 * 60 }

/**
 * Opens a session for someone who has just proved who they are, and gives the headers that set its cookie. It has a new token,
 * its method and its end. The caller has checked the proof and has written the line in the trail.
 */
export async function openSession(
  auth: Auth,
  { whole: db, clock }: Pick<Tools, 'whole' | 'clock'>,
  person_id: string,
  method: Method,
  requestHeaders: Headers,
): Promise<Headers> {
  const minutes_max = minutes_max_of[method]
  const { headers, response } = await auth.api.openSession({
    body: { person_id, minutes_max },
    headers: new Headers({ 'user-agent': (requestHeaders.get('user-agent') ?? '').slice(0, 300) }),
    returnHeaders: true,
  })
  const at = clock()
  // Until here nobody knows the token.
  await db
    .updateTable('session')
    .set({ method, started_at: at, seen_at: at, confirmed_at: at })
    .$if(minutes_max !== undefined, (q) => q.set({ expires_at: new Date(at.getTime() + (minutes_max ?? 0) * 60_000) }))
    .where('token', '=', response.token)
    .executeTakeFirstOrThrow()
  return headers
}

/** The headers that set the cookie of an open session whose token has changed. It never outlasts what its method allows. */
export async function sessionCookie(auth: Auth, token: string, method: Method): Promise<Headers> {
  const { headers } = await auth.api.setSession({
    body: { token, minutes_max: minutes_max_of[method] },
    headers: new Headers(),
    returnHeaders: true,
  })
  return headers
}
