import { may, mayIn, mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type Clash, findClash } from './clash.ts'
import { askEntry, isOfDesk } from './desk-entry.ts'
import { fits, type InviteForm, rolesToGive } from './form.ts'
import { endLapsed, makeCode, type Shown, writeInvitation } from './write-invitation.ts'

export type Invited =
  | (Shown & { waits?: boolean })
  | { failed: 'institution' | 'contact' | 'roles' }
  | { failed: 'again'; id: string }
  | { failed: 'clash'; clash: Clash }

/**
 * Invites a person to sign in for an institution: the link goes to them by mail, the code is shown once to who invites.
 * One address is one person: one that is in use is refused, one that looks like one in use is asked about. To a role of the desk
 * nobody comes in before another of the desk has agreed (`waits`).
 */
export async function invite(
  tools: Pick<Tools, 'db' | 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  form: InviteForm,
): Promise<Invited> {
  const { db, whole, clock } = tools
  const institution = await db
    .selectFrom('institution')
    .where('code', '=', form.institution_code.toUpperCase())
    .where('active_to', 'is', null)
    .select(['id', 'kind', 'parent_id'])
    .executeTakeFirst()
  if (!institution) {
    mustIn(by, 'person.invite', by.institution_id)
    return { failed: 'institution' }
  }
  mustIn(by, 'person.invite', institution.id)
  if (!form.roles.every((role) => rolesToGive(by).includes(role) && fits(role, institution))) return { failed: 'roles' }
  const made = await makeCode()
  const at = clock()

  const { name_ja, name_en, email, roles, reason, contact_id, idempotency_key } = form
  const first = await db
    .selectFrom('invitation')
    .select(['id', 'invited_by'])
    .where('idempotency_key', '=', idempotency_key)
    .executeTakeFirst()
  if (first) return again(first, by)
  // Compared past the walls between institutions: who invites is not told whose address it is.
  const sees_all = may(by, 'person.invite')
  const { clash, left_person_id } = await findClash(whole, { email, institution_id: institution.id, at, sees_all })
  if (clash && !(clash.kind === 'looks_like' && form.is_another === clash.address)) return { failed: 'clash', clash }
  await endLapsed(whole, email, at)

  return db.transaction().execute(async (tx): Promise<Invited> => {
    if (contact_id) {
      const contact = await tx
        .selectFrom('contact')
        .where('id', '=', contact_id)
        .where('institution_id', '=', institution.id)
        .where('removed_at', 'is', null)
        .select('id')
        .executeTakeFirst()
      if (!contact) return { failed: 'contact' }
    }
    const shown = await writeInvitation(tx, tools, by, at, made, {
      kind: 'invitation',
      institution_id: institution.id,
      name_ja,
      name_en,
      email,
      roles,
      reason,
      contact_id,
      person_id: left_person_id,
      idempotency_key,
    })
    if (!shown) return { failed: 'clash', clash: { kind: 'invited' } }
    const waits =
      roles.some(isOfDesk) &&
      !(
        await askEntry(tx, tools, by, at, {
          ...{ person_id: null, invitation_id: shown.id, name_ja, name_en },
          ...{ roles, reason },
        })
      ).counts
    await record(tx, by, at, {
      action: 'person.invited',
      about: '/invitations',
      details: { invitation_id: shown.id, institution_id: institution.id, name_ja, email, roles, reason, contact_id },
    })
    return { ...shown, waits }
  })
}

function again({ id, invited_by }: { id: string; invited_by: string | null }, by: Person): Invited {
  if (invited_by !== by.id) throw new NotFound('the key of another person’s invitation')
  return { failed: 'again', id }
}

export const mayInvite = (by: Person) => mayIn(by, 'person.invite', by.institution_id)
