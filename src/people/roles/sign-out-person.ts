import { asProgram } from '#ground/db/as-program.ts'
import { may, NotAllowed } from '#ground/rights/may.ts'
import { type Person, scopeOf } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { SignOutForm } from './forms.ts'
import { accountToActOn } from './queries.ts'

/**
 * Signs a person out on every device, at once and on the server; they may sign in again. For a lost phone, or a session that
 * somebody else may hold. One's own session in use stays. Doing it twice is not an error.
 */
export async function signOutPerson(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  current: Pick<OpenSession, 'id'>,
  person_id: string,
  { sign_out_reason: reason }: SignOutForm,
): Promise<number> {
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const account = await accountToActOn(tx, by, 'person.end', person_id)
    if (!may(by, 'person.end') && account.roles.some((role) => scopeOf[role] === 'desk'))
      throw new NotAllowed(`${by.id} may not sign out an account of the desk`)
    const { numDeletedRows } = await asProgram(tx, () =>
      tx
        .deleteFrom('session')
        .where('person_id', '=', person_id)
        .where('id', '!=', current.id)
        .executeTakeFirstOrThrow(),
    )
    const sessions = Number(numDeletedRows)
    await record(tx, by, at, {
      action: 'session.ended-of-person',
      about: `/people/${person_id}`,
      details: { reason, sessions },
    })
    return sessions
  })
}
