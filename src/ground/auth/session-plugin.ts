import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

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
