import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './tools.ts'

/** Sends everyone who is not signed in to the sign-in page, which says why, and back here afterwards. */
export const signedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { reader, ended } = c.var
  if (reader) return next()
  const { pathname, search } = new URL(c.req.url)
  const query = new URLSearchParams({
    ...(c.req.method === 'GET' && { next: pathname + search }),
    ...(ended && { ended }),
    ...(ended && c.req.method !== 'GET' && { unsent: 'yes' }),
  })
  return c.redirect(query.size > 0 ? `/sign-in?${query}` : '/sign-in', 303)
}
