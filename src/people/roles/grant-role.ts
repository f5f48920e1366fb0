import { NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { askEntry, isOfDesk } from '#people/invitations/index.ts'
import { waitingFor } from './entry-queries.ts'
import type { GrantForm } from './forms.ts'
import { lockRights } from './lock-rights.ts'
import { accountToActOn, mustDecide } from './queries.ts'
import { type Refusal, refusalOfGrant, rolesInHandOf } from './rules.ts'

/**
 * Grants a role with its reason. It counts from the person's next request; one they already hold stays as it is. A role of the
 * desk waits for another of the desk, who agrees.
 */
export async function grantRole(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  person_id: string,
  { role, reason }: GrantForm,
): Promise<{ failed: Refusal } | undefined> {
  mustDecide(by)
  if (!rolesInHandOf(by).includes(role)) throw new NotAllowed(`${by.id} may not grant ${role}`)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockRights(tx)
    const account = await accountToActOn(tx, by, 'role.grant', person_id)
    const refusal = refusalOfGrant(by, account, role)
    if (refusal) return { failed: refusal }
    if (account.roles.includes(role)) return
    if (isOfDesk(role)) {
      const waiting = await waitingFor(tx, person_id)
      if (waiting.some(({ roles }) => roles.includes(role))) return
      const { name_ja, name_en } = account
      const asked = { person_id, invitation_id: null, name_ja, name_en, roles: [role], reason }
      if (!(await askEntry(tx, tools, by, at, asked)).counts) return
    }

    await tx.insertInto('role_grant').values({ person_id, role, reason, granted_by: by.id, granted_at: at }).execute()
    await record(tx, by, at, { action: 'role.granted', about: `/people/${person_id}`, details: { role, reason } })
  })
}
