import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from './tools.ts'

/**
 * Sends everyone who is not signed in to the sign-in page, which says why, and back here afterwards: where a form was sent
 * from, if it was one. Of an address that the program does not know it says so to everybody.
 */
export const signedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.var.reader) return next()
  if (!matchedRoutes(c).some(({ method }) => method !== 'ALL')) return c.notFound()
  const { pathname, search } = new URL(c.req.url)
  const is_form = !['GET', 'HEAD'].includes(c.req.method)
  return c.redirect(signInAddress(c, { next: is_form ? sentFrom(c) : pathname + search, is_form }), 303)
}

/** The sign-in page with why it is asked for, and what comes after it. */
export function signInAddress(c: Context<AppEnv>, { next, is_form }: { next: string | undefined; is_form: boolean }) {
  const { ended } = c.var
  const query = new URLSearchParams({
    ...(next && { next }),
    ...(ended && { ended }),
    ...(ended && is_form && { unsent: 'yes' }),
  })
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in'
}

/** The page of this site that a form was sent from, as the browser says. */
export function sentFrom(c: Context<AppEnv>): string | undefined {
  const referer = c.req.header('referer')
  if (!referer || !URL.canParse(referer)) return undefined
  const { host, pathname, search } = new URL(referer)
  return host === new URL(c.req.url).host || host === new URL(c.var.tools.origin).host ? pathname + search : undefined
}
