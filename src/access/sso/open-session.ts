import { randomBytes } from 'node:crypto'
import { serializeSignedCookie } from 'better-call'
import { beginSession } from '#access/sign-in/index.ts'
import type { Auth } from '#ground/auth/auth.ts'
import type { Tx } from '#ground/db/database.ts'

/**
 * Opens a session for whoever was let in, with a new token, and gives the headers that set its cookie. Written here and not
 * by the sign-in library, so that the session, the binding and the line in the trail come to be together or not at all.
 */
export async function openSession(
  tx: Tx,
  auth: Auth,
  { person_id, at, request, replaces }: { person_id: string; at: Date; request: Headers; replaces: string | undefined },
): Promise<Headers> {
  const { authCookies, secret, sessionConfig } = await auth.$context
  const token = randomBytes(24).toString('base64url')
  await tx
    .insertInto('session')
    .values({
      person_id,
      token,
      expires_at: new Date(at.getTime() + sessionConfig.expiresIn * 1000),
      user_agent: (request.get('user-agent') ?? '').slice(0, 300),
      ip_address: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
  const { name, attributes } = authCookies.sessionToken
  const headers = new Headers({ 'set-cookie': await serializeSignedCookie(name, token, secret, attributes) })
  await beginSession(tx, headers, { method: 'sso', at, replaces })
  return headers
}
