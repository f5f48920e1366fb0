import type { Selectable } from 'kysely'
import type { Database, Tx } from '#db/database.ts'
import type { Tables } from '#db/tables.ts'
import type { Auth } from './auth.ts'
import { forwarded, session_cookie } from './forwarded.ts'

export type Method = Selectable<Tables['session']>['method']
export type OpenSession = { id: string; token: string; person_id: string; method: Method }

/** The session that a request comes with, and how it was opened; undefined when there is none. */
export async function openSessionOf(whole: Database, auth: Auth, request: Headers): Promise<OpenSession | undefined> {
  const known = await auth.api.getSession({ headers: forwarded(request, session_cookie) })
  if (!known) return undefined
  return whole
    .selectFrom('session')
    .select(['id', 'token', 'person_id', 'method'])
    .where('id', '=', known.session.id)
    .executeTakeFirst()
}

/** Notes how and when the person proved who they are; false when the session has been ended meanwhile. */
export async function stampSession(tx: Tx, token: string, method: Method, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ method, confirmed_at: at })
    .where('token', '=', token)
    .executeTakeFirst()
  return numUpdatedRows > 0n
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
