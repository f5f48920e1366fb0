import { randomUUID } from 'node:crypto'
import { peopleWithRole, readAddressee, removeSignInMethods } from '#access/sign-in/index.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { deskPhone } from './letter-body.ts'
import { postRecovery } from './letters.ts'
import { makeCode, type Shown, writeInvitation } from './write-invitation.ts'

export type Approved = Shown | { failed: 'same_person' | 'lapsed' | 'withdrawn' | 'approved' | 'left' }

/**
 * Approves what another one of the desk asked for: every way in which the person could sign in ends, with all their sessions,
 * and a code for setting up new ones is shown once, to the one who approves. The link goes to the person by mail: neither is
 * enough alone. Who asked does not approve, nor does the person.
 */
export async function approveRecovery(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
): Promise<Approved> {
  must(by, 'recovery.approve')
  const made = await makeCode()
  const at = tools.clock()

  // What opens the door is the program's alone, therefore past the walls.
  return tools.whole.transaction().execute(async (tx): Promise<Approved> => {
    const recovery = await tx.selectFrom('recovery').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!recovery) throw new NotFound(`recovery ${id}`)
    if (recovery.approved_at) return { failed: 'approved' }
    if (recovery.withdrawn_at) return { failed: 'withdrawn' }
    if (recovery.expires_at <= at) return { failed: 'lapsed' }
    if (recovery.requested_by === by.id || recovery.person_id === by.id) return { failed: 'same_person' }
    const person = await readAddressee(tx, recovery.person_id)
    const requester = await tx
      .selectFrom('person')
      .where('id', '=', recovery.requested_by)
      .select(['name_ja', 'name_en'])
      .executeTakeFirstOrThrow()
    if (!person) return { failed: 'left' }

    // A code that is still about would open what is closed here.
    await tx
      .updateTable('invitation')
      .set({ ended_at: at, ended_how: 'withdrawn', ended_by: by.id })
      .where('person_id', '=', person.id)
      .where('ended_at', 'is', null)
      .execute()
    const removed = await removeSignInMethods(tx, person.id)
    const shown = await writeInvitation(tx, tools, by, at, made, {
      kind: 'recovery',
      institution_id: person.institution_id,
      name_ja: person.name_ja,
      name_en: person.name_en,
      email: person.email,
      roles: [],
      reason: recovery.reason,
      contact_id: null,
      person_id: person.id,
      idempotency_key: randomUUID(),
    })
    if (!shown) throw new Error('a new key was taken')
    await tx
      .updateTable('recovery')
      .set({ approved_by: by.id, approved_at: at, invitation_id: shown.id })
      .where('id', '=', id)
      .execute()
    await postRecovery(tx, tools, at, {
      id,
      person,
      requester,
      approver: by,
      reason: recovery.reason,
      phone: await deskPhone(tx),
      desk: await peopleWithRole(tx, deskRoles),
    })
    await record(tx, by, at, {
      action: 'recovery.approved',
      about: `/recoveries/${id}`,
      details: { person_id: person.id, name_ja: person.name_ja, requested_by: recovery.requested_by, ...removed },
    })
    return shown
  })
}
