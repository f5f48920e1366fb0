import { NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { EndForm } from './forms.ts'
import { lockRights } from './lock-rights.ts'
import { accountToActOn, heldIn, mustDecide, personOfGrant } from './queries.ts'
import { type Refusal, refusalOfEnd, rolesInHandOf } from './rules.ts'

/** Ends a role with its reason, from the person's next request on; ending it twice changes nothing. */
export async function endRole(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  grant_id: string,
  { reason }: EndForm,
): Promise<{ person_id: string } | { failed: Refusal }> {
  mustDecide(by)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockRights(tx)
    const account = await accountToActOn(tx, by, 'role.grant', await personOfGrant(tx, by, grant_id))
    const grant = account.grants.find(({ id }) => id === grant_id)
    if (!grant || !rolesInHandOf(by).includes(grant.role)) throw new NotAllowed(`${by.id} may not end ${grant_id}`)
    if (grant.removed_at) return { person_id: account.id }
    const refusal = refusalOfEnd(by, account, [grant.role], await heldIn(tx, account.institution_id))
    if (refusal) return { failed: refusal }

    await tx
      .updateTable('role_grant')
      .set({ removed_at: at, removed_by: by.id, removal_reason: reason })
      .where('id', '=', grant_id)
      .execute()
    await record(tx, by, at, {
      action: 'role.ended',
      about: `/people/${account.id}`,
      details: { role: grant.role, reason },
    })
    return { person_id: account.id }
  })
}
