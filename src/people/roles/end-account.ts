import { removeSignInMethods } from '#access/sign-in/index.ts'
import { lockContacts } from '#directory/contacts/index.ts'
import { asProgram } from '#ground/db/as-program.ts'
import { may, NotAllowed } from '#ground/rights/may.ts'
import { type Person, scopeOf } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { EndForm } from './forms.ts'
import { lockRights } from './lock-rights.ts'
import { accountToActOn, heldIn } from './queries.ts'
import { type Refusal, refusalOfEnd } from './rules.ts'

/**
 * Ends someone's access everywhere and at once: open sessions and every way to sign in are gone, every role is ended, and no
 * sign-in is accepted any more. What they did keeps their name. Their places in the call tree stay, because somebody must
 * be called until a successor is entered, but stand as unconfirmed from now on. Doing it twice changes nothing.
 */
export async function endAccount(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  person_id: string,
  { reason }: EndForm,
): Promise<{ failed: Refusal } | undefined> {
  if (!may(by, 'person.end') && !may(by, 'person.end-own')) throw new NotAllowed(`${by.id} may end nobody's account`)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockRights(tx)
    const account = await accountToActOn(tx, by, 'person.end', person_id)
    // An administrator of the association's own entry is not above its desk.
    if (!may(by, 'person.end') && account.roles.some((role) => scopeOf[role] === 'desk'))
      throw new NotAllowed(`${by.id} may not end an account of the desk`)
    if (account.left_at) return
    const refusal = refusalOfEnd(by, account, account.roles, await heldIn(tx, account.institution_id))
    if (refusal) return { failed: refusal }
    await lockContacts(tx, account.institution_id)

    await tx
      .updateTable('role_grant')
      .set({ removed_at: at, removed_by: by.id, removal_reason: reason })
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .execute()
    const contacts = await tx
      .updateTable('contact')
      .set({ confirmed_at: null, confirmed_by: null, changed_at: at })
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    await tx
      .updateTable('person')
      .set({ left_at: at, left_reason: reason, updated_at: at })
      .where('id', '=', person_id)
      .execute()
    const { sessions } = await asProgram(tx, () => removeSignInMethods(tx, person_id))
    await record(tx, by, at, {
      action: 'person.left',
      about: `/people/${person_id}`,
      details: { reason, roles: account.roles, contacts: Number(contacts.numUpdatedRows), sessions },
    })
  })
}
