import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-call'
import type { Auth } from '#ground/auth/auth.ts'

/**
 * The token of the session that a request's cookies name, if our own signature stands behind it: as better-auth's getSession
 * reads it, without its queries. Whether there is such a session is still to be asked.
 */
export async function tokenOf(auth: Auth, cookies: string): Promise<string | undefined> {
  const { authCookies, secret } = await auth.$context
  const value = parseCookies(cookies).get(authCookies.sessionToken.name)
  if (!value) return undefined
  const dot = value.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1))
  const ours = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  return given.length === ours.length && timingSafeEqual(given, ours) ? token : undefined
}
