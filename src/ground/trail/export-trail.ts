import type { Language } from '#ground/html/language.ts'
import { csv_rows_max } from '#ground/lists/csv.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { trailLines } from './queries.ts'
import { record } from './record.ts'
import { placesOf, type Sought } from './sought.ts'

/** The lines that are sought, to take along, newest first; it leaves a line with what was sought and how many there were. */
export async function exportTrail(
  { db, whole, clock }: Pick<Tools, 'db' | 'whole' | 'clock'>,
  by: Person,
  sought: Sought,
  language: Language,
) {
  must(by, 'trail.export')
  const at = clock()
  const places = sought.situation === '' ? null : await placesOf(whole, sought.situation)
  return db.transaction().execute(async (tx) => {
    const lines = await trailLines(tx, { sought, places, limit: csv_rows_max })
    const { person, situation, group, from, until } = sought
    await record(tx, by, at, {
      action: 'trail.exported',
      about: '/trail',
      details: { lines: lines.length, language, person, situation_id: situation, group, from, until },
    })
    return lines
  })
}
