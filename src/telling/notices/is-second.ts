import type { Database, Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { isBroughtIn } from '#people/roles/index.ts'

export type Second = 'yes' | 'second_person' | 'brought_in'

/** Whether somebody is the second person of a notice; if not, why. */
export async function isSecond(
  db: Database | Tx,
  by: Pick<Person, 'id'>,
  { drafted_by, submitted_by }: { drafted_by: string; submitted_by: string | null },
  at: Date,
): Promise<Second> {
  if (by.id === drafted_by || by.id === submitted_by) return 'second_person'
  return (await isBroughtIn(db, { person_id: by.id, by: [drafted_by, submitted_by], at })) ? 'brought_in' : 'yes'
}
