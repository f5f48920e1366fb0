import type { Database, Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { isBroughtIn } from '#people/roles/index.ts'

export type Second = 'yes' | 'second_person' | 'brought_in' | 'brought_them'

/** Whether somebody is the second person of a notice; if not, why. */
export async function isSecond(
  db: Database | Tx,
  by: Pick<Person, 'id'>,
  { drafted_by, submitted_by }: { drafted_by: string; submitted_by: string | null },
  at: Date,
): Promise<Second> {
  if (by.id === drafted_by || by.id === submitted_by) return 'second_person'
  if (await isBroughtIn(db, { person_id: by.id, by: [drafted_by, submitted_by], or_agreed: true, at }))
    return 'brought_in'
  // Nor the other way round: a puppet would write what its maker releases. Who only agreed to them has not chosen them.
  for (const person_id of new Set([drafted_by, ...(submitted_by ? [submitted_by] : [])]))
    if (await isBroughtIn(db, { person_id, by: [by.id], or_agreed: false, at })) return 'brought_them'
  return 'yes'
}
