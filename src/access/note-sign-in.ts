import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import type { Auth } from './auth.ts'
import { type Method, openSessionOf, stampSession } from './open-session-of.ts'
import type { Person } from './person.ts'

type Opened = { person: Person; token: string; method: Method; request: Headers }

/**
 * The end of every sign-in: the new session carries how and when it was opened, the one that the browser had before ends,
 * the trail has it. False when the new session was ended meanwhile, because the person's ways to sign in have changed.
 */
export async function noteSignIn(
  { whole: db, clock }: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  { person, token, method, request }: Opened,
  details: Record<string, unknown> = {},
): Promise<boolean> {
  const before = await openSessionOf(db, auth, request)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    if (!(await stampSession(tx, token, method, at))) return false
    if (before) await tx.deleteFrom('session').where('id', '=', before.id).execute()
    await record(tx, person, at, { action: 'sign-in.succeeded', about: '/sign-in', details: { method, ...details } })
    return true
  })
}

/** A sign-in that was refused, with whom it was for as far as that is known; a session that it had opened is ended. */
export const noteRefusal = (
  { whole: db, clock }: Pick<Tools, 'whole' | 'clock'>,
  { person_id, token, ...details }: { person_id?: string | undefined; token?: string | undefined; reason?: string },
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    if (token) await tx.deleteFrom('session').where('token', '=', token).execute()
    await record(tx, { program: 'access' }, clock(), {
      action: 'sign-in.refused',
      about: '/sign-in',
      details: { ...(person_id && { person_id }), ...details },
    })
  })
