import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { AppEnv } from './tools.ts'

const isSecure = (c: Context<AppEnv>) => c.var.tools.origin.startsWith('https:')

/**
 * How a cookie of ours is called here. Over https its name says what browsers then hold it to (RFC 6265bis): set by this very host,
 * over https, for all of its paths (`__Host-`) or one (`__Secure-`); no other host of the domain can set it.
 */
export const nameOf = (c: Context<AppEnv>, name: string, path = '/'): string =>
  isSecure(c) ? `${path === '/' ? '__Host-' : '__Secure-'}${name}` : name

/** Gives the browser a cookie that no script reads and no other site sends along; with a `maxAge` of 0 it is forgotten. */
export const keepCookie = (
  c: Context<AppEnv>,
  name: string,
  value: string,
  { maxAge, path = '/' }: { maxAge: number; path?: string },
) => setCookie(c, nameOf(c, name, path), value, { path, maxAge, sameSite: 'Lax', httpOnly: true, secure: isSecure(c) })
