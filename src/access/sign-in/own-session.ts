import type { Auth } from '#ground/auth/auth.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Method } from '#ground/rights/session.ts'
import { forwarded, session_cookie, tokenIn } from './forwarded.ts'
import { beginSession } from './open-session.ts'

/** The session of a request as the sign-in changes it. */
export type OwnSession = { id: string; token: string; method: Method }

/** The session that a request comes with, with its token; undefined when there is none. */
export async function ownSession(whole: Database, auth: Auth, request: Headers): Promise<OwnSession | undefined> {
  const known = await auth.api.getSession({ headers: forwarded(request, session_cookie) })
  if (!known) return undefined
  return whole
    .selectFrom('session')
    .select(['id', 'token', 'method'])
    .where('id', '=', known.session.id)
    .executeTakeFirst()
}

/**
 * Notes that the person has just proved who they are. Where the answer of the sign-in library opens a session in the place
 * of this one, that one begins now. Gives the token that counts from here on.
 */
export async function carryOn(
  tx: Tx,
  session: OwnSession,
  answer: Headers,
  { method, at }: { method: Method; at: Date },
): Promise<string> {
  const token = tokenIn(answer)
  if (token) await beginSession(tx, answer, { method, at, replaces: session.id })
  else await tx.updateTable('session').set({ method, confirmed_at: at }).where('id', '=', session.id).execute()
  return token ?? session.token
}

/** Ends every session of a person but one; gives how many there were. */
export async function endOtherSessions(tx: Tx, person_id: string, but_token: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('session')
    .where('person_id', '=', person_id)
    .where('token', '<>', but_token)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
