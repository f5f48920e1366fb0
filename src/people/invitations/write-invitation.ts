import { hashCode, newCode } from '#access/sign-in/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { deskPhone } from './letter-body.ts'
import { type LetterTools, linkOf, postInvitation } from './letters.ts'

/** The code has three groups of four letters; it holds this long, and ends with the fifth wrong try. */
export const groups = 3
export const hours_max = 72
export const tries_max = 5

/** What is shown once to the one who invites. */
export type Shown = { id: string; code: string; url: string; expires_at: Date }

export type NewInvitation = {
  kind: 'invitation' | 'recovery'
  institution_id: string
  name_ja: string
  name_en: string | null
  email: string
  roles: Role[]
  reason: string
  contact_id: string | null
  person_id: string | null
  idempotency_key: string
}

/** Hashing is slow on purpose, so it is done before the transaction. */
export async function makeCode() {
  const code = newCode({ groups })
  return { code, code_hash: await hashCode(code) }
}

/** Notes of invitations to this address that they ran out, whoever made them: each makes room for a new one. */
export const endLapsed = (whole: Database, email: string, at: Date) =>
  whole
    .updateTable('invitation')
    .set({ ended_at: at, ended_how: 'lapsed' })
    .where('email', '=', email)
    .where('kind', '=', 'invitation')
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', at)
    .execute()

/** Writes the invitation and posts its link; undefined when this form, or an invitation to this address, came first. The caller records. */
export async function writeInvitation(
  tx: Tx,
  tools: LetterTools,
  by: Pick<Person, 'id' | 'name_ja' | 'name_en'> | null,
  at: Date,
  { code, code_hash }: { code: string; code_hash: string },
  invitation: NewInvitation,
): Promise<Shown | undefined> {
  const expires_at = new Date(at.getTime() + hours_max * 3_600_000)
  const written = await tx
    .insertInto('invitation')
    .values({ ...invitation, code_hash, invited_by: by?.id ?? null, invited_at: at, expires_at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!written) return undefined
  await postLink(tx, tools, by, at, { ...invitation, id: written.id, expires_at })
  return { id: written.id, code, url: linkOf(tools.origin, written.id), expires_at }
}

/** Posts the link of an invitation that is written already. */
export async function postLink(
  tx: Tx,
  tools: LetterTools,
  by: Pick<Person, 'id' | 'name_ja' | 'name_en'> | null,
  at: Date,
  invitation: Omit<NewInvitation, 'idempotency_key' | 'reason' | 'contact_id' | 'person_id'> & {
    id: string
    expires_at: Date
  },
) {
  const { name_ja, name_en } = await tx
    .selectFrom('institution')
    .where('id', '=', invitation.institution_id)
    .select(['name_ja', 'name_en'])
    .executeTakeFirstOrThrow()
  const to = { ...invitation, institution_ja: name_ja, institution_en: name_en }
  await postInvitation(tx, tools, at, to, { ...invitation, by, phone: await deskPhone(tx) })
}
