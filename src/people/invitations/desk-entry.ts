import { randomUUID } from 'node:crypto'
import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { deskRoles, type Person, scopeOf } from '#ground/rights/person.ts'
import { record } from '#ground/trail/record.ts'
import { postEntry } from './desk-entry-letters.ts'
import type { LetterTools } from './letters.ts'

/** A role that takes two people of the desk to give. */
export const isOfDesk = (role: Role): boolean => scopeOf[role] === 'desk'

type Asked = {
  /** Whoever has an account, or comes by an invitation. */
  person_id: string | null
  invitation_id: string | null
  name_ja: string
  name_en: string | null
  roles: readonly Role[]
  reason: string
}

/**
 * Asks another of the desk to agree that somebody gets a role of it, and tells the whole desk and the auditors. It counts at once
 * only where there is no other: the second person of a new house must come from somewhere.
 */
export async function askEntry(
  tx: Tx,
  tools: LetterTools,
  by: Person,
  at: Date,
  { person_id, invitation_id, roles: asked, reason, ...name }: Asked,
): Promise<{ counts: boolean }> {
  const roles = asked.filter(isOfDesk)
  const others = (await peopleWithRole(tx, deskRoles)).filter(({ id }) => id !== by.id && id !== person_id)
  const counts = others.length === 0
  const id = randomUUID()
  await tx
    .insertInto('desk_entry')
    .values({
      id,
      person_id,
      invitation_id,
      roles,
      reason,
      asked_by: by.id,
      asked_at: at,
      agreed_at: counts ? at : null,
    })
    .execute()
  await record(tx, by, at, {
    action: 'desk-entry.asked',
    about: '/desk-entries',
    details: {
      desk_entry_id: id,
      person_id,
      invitation_id,
      name_ja: name.name_ja,
      roles,
      reason,
      counts_alone: counts,
    },
  })
  await postEntry(tx, tools, at, { what: counts ? 'alone' : 'asked', by, name, roles, reason })
  return { counts }
}
