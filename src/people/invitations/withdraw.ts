import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { readInvitation } from './queries.ts'

/** Ends an invitation before its time: its code opens nothing any more. Twice is once. */
export async function withdrawInvitation({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string) {
  const invitation = await readInvitation(db, by, id)
  mustIn(by, 'person.invite', invitation.institution_id)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('invitation')
      .set({ ended_at: at, ended_how: 'withdrawn', ended_by: by.id })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!ended) return
    await record(tx, by, at, {
      action: 'invitation.withdrawn',
      about: '/invitations',
      details: { invitation_id: id, name_ja: invitation.name_ja, email: invitation.email },
    })
  })
}
