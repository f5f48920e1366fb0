import { randomUUID } from 'node:crypto'
import type { Role } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import { findClash } from './clash.ts'
import { fits } from './form.ts'
import type { Invited } from './invite.ts'
import { endLapsed, makeCode, writeInvitation } from './write-invitation.ts'

type Account = {
  institution_code: string
  name_ja: string
  name_en: string | null
  email: string
  roles: Role[]
  reason: string
}

/** Invites a person when nobody can sign in yet who could: for a command on the server itself. Refuses what `invite` refuses. */
export async function inviteAs(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  program: Extract<Actor, { program: string }>,
  { institution_code, ...account }: Account,
): Promise<Invited> {
  const { whole, clock } = tools
  const email = account.email.trim().toLowerCase()
  const institution = await whole
    .selectFrom('institution')
    .where('code', '=', institution_code)
    .where('active_to', 'is', null)
    .select(['id', 'kind', 'parent_id'])
    .executeTakeFirst()
  if (!institution) return { failed: 'institution' }
  if (account.roles.length === 0 || !account.roles.every((role) => fits(role, institution))) return { failed: 'roles' }
  const made = await makeCode()
  const at = clock()
  const { clash, left_person_id } = await findClash(whole, {
    email,
    institution_id: institution.id,
    at,
    sees_all: true,
  })
  if (clash) return { failed: 'clash', clash }
  await endLapsed(whole, email, at)

  return whole.transaction().execute(async (tx): Promise<Invited> => {
    const shown = await writeInvitation(tx, tools, null, at, made, {
      ...account,
      email,
      kind: 'invitation',
      institution_id: institution.id,
      contact_id: null,
      person_id: left_person_id,
      idempotency_key: randomUUID(),
    })
    if (!shown) return { failed: 'clash', clash: { kind: 'invited' } }
    const { name_ja, roles, reason } = account
    await record(tx, program, at, {
      action: 'person.invited',
      about: '/invitations',
      details: { invitation_id: shown.id, institution_id: institution.id, name_ja, email, roles, reason },
    })
    return shown
  })
}
