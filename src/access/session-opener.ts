import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import type { Auth } from './auth.ts'
import type { Method } from './open-session.ts'

/** Lets our own code open a session after a proof of its own, with the signed cookie that better-auth sets. It has no address. */
export const sessionOpener = () => ({
  id: 'noroshi-session-opener',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ person_id: z.uuid(), minutes_max: z.number().int().positive().optional() }) },
      async (ctx) => {
        const { person_id, minutes_max } = ctx.body
        const user = await ctx.context.internalAdapter.findUserById(person_id)
        if (!user) throw new Error(`no person ${person_id}`)
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user }, false, minutes_max ? { maxAge: minutes_max * 60 } : {})
        return ctx.json({ token: session.token })
      },
    ),
    setSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ token: z.string(), minutes_max: z.number().int().positive().optional() }) },
      async (ctx) => {
        const { token, minutes_max } = ctx.body
        const known = await ctx.context.internalAdapter.findSession(token)
        if (!known) throw new Error('the session has ended meanwhile')
        await setSessionCookie(ctx, known, false, minutes_max ? { maxAge: minutes_max * 60 } : {})
        return ctx.json({})
      },
    ),
  },
})

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
