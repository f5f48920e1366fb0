import { hasSignInMethod, readPerson } from '#access/sign-in/index.ts'
import { may, mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { findClash } from './clash.ts'
import { linkOf } from './letters.ts'
import { readInvitation } from './queries.ts'
import { endLapsed, hours_max, makeCode, postLink, type Shown } from './write-invitation.ts'

/**
 * Gives an invitation a new code, new tries and a new term, and mails its link again; the old code is void at once. Also one
 * that ran out of time or tries; not one that was withdrawn, or has done its work. A recovery takes two people every time.
 */
export async function renewInvitation(
  tools: Pick<Tools, 'db' | 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
): Promise<Shown | { failed: 'over' }> {
  const { db, whole, clock } = tools
  const invitation = await readInvitation(db, by, id)
  mustIn(by, 'person.invite', invitation.institution_id)
  const at = clock()
  const { kind, email, institution_id, accepted_at, person_id, ended_how } = invitation
  if (kind !== 'invitation' || ended_how === 'withdrawn' || ended_how === 'done') return { failed: 'over' }
  // What opens the door, and whose an address is, only the program sees.
  if (accepted_at && person_id)
    if (!(await readPerson(whole, person_id)) || (await hasSignInMethod(whole, person_id))) return { failed: 'over' }
  if (!accepted_at && (ended_how || invitation.expires_at <= at)) {
    const { clash } = await findClash(whole, { email, institution_id, at, sees_all: may(by, 'person.invite') })
    if (clash && clash.kind !== 'looks_like') return { failed: 'over' }
  }
  const { code, code_hash } = await makeCode()
  const expires_at = new Date(at.getTime() + hours_max * 3_600_000)
  if (ended_how) await endLapsed(whole, email, at)

  return db.transaction().execute(async (tx) => {
    const renewed = await tx
      .updateTable('invitation')
      .set({ code_hash, expires_at, tries: 0, ended_at: null, ended_how: null, invited_by: by.id, invited_at: at })
      .where('id', '=', id)
      .where(({ or, eb }) => or([eb('ended_how', 'is', null), eb('ended_how', 'in', ['tries', 'lapsed'])]))
      .returning('id')
      .executeTakeFirst()
    if (!renewed) return { failed: 'over' as const }
    await postLink(tx, tools, by, at, { ...invitation, expires_at })
    await record(tx, by, at, {
      action: 'invitation.renewed',
      about: '/invitations',
      details: { invitation_id: id, name_ja: invitation.name_ja, email },
    })
    return { id, code, url: linkOf(tools.origin, id), expires_at }
  })
}
