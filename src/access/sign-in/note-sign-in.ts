import type { Person } from '#ground/rights/person.ts'
import type { Method } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { recordRefusal } from '#ground/trail/record-refusal.ts'
import { tokenIn } from './forwarded.ts'
import { beginSession } from './open-session.ts'

/** Who asks to come in. */
export type Asking = {
  headers: Headers
  /** As `addressKey` gives it. */
  address: string
  /** The session that the new one takes the place of. */
  replaces?: string | undefined
}

/**
 * The end of every sign-in: the new session carries how and when it was opened, the one that the browser had before ends,
 * the trail has it. False when the new session was ended meanwhile, because the person's ways to sign in have changed.
 */
export const noteSignIn = (
  { whole: db }: Pick<Tools, 'whole'>,
  person: Person,
  answer: Headers,
  { method, at, replaces }: { method: Method; at: Date; replaces?: string | undefined },
  details: Record<string, unknown> = {},
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const token = tokenIn(answer) ?? ''
    const open = await tx.selectFrom('session').select('id').where('token', '=', token).forUpdate().executeTakeFirst()
    if (!open) return false
    await beginSession(tx, answer, { method, at, replaces })
    await record(tx, person, at, { action: 'sign-in.succeeded', about: '/sign-in', details: { method, ...details } })
    return true
  })

type Refused = { person_id?: string | undefined; token?: string | undefined; reason?: string }

/** A sign-in that was refused, with whom it was for as far as that is known; a session that it had opened is ended. */
export const noteRefusal = (
  { whole: db }: Pick<Tools, 'whole'>,
  { person_id, token, ...details }: Refused,
  at: Date,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    if (token) await tx.deleteFrom('session').where('token', '=', token).execute()
    await recordRefusal(tx, { program: 'access' }, at, {
      action: 'sign-in.refused',
      about: '/sign-in',
      details: { ...(person_id && { person_id }), ...details },
      of: person_id ? { person_id } : undefined,
    })
  })
