import { sql } from 'kysely'
import { must } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import type { Tx } from '#db/database.ts'
import { type Actor, record } from '#trail/index.ts'
import { type Refused, refused } from './parse-roster.ts'
import type { RosterLine } from './roster-line.ts'
import { problem } from './roster-problem.ts'
import { type Counts, writeRoster } from './write-roster.ts'

/**
 * Brings the directory up to a roster: all of its lines, or none. Institutions that it does not name stay as they are.
 * Importing the same roster again changes nothing.
 */
export async function importRoster(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Actor,
  lines: RosterLine[],
): Promise<Counts | Refused> {
  if ('roles' in by) must(by, 'roster.import')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockDirectory(tx)
    const taken = await mailsTaken(tx, lines)
    if (taken.length > 0) return refused(taken)

    const counts = await writeRoster(tx, lines, at)
    await record(tx, by, at, { action: 'roster.imported', about: '/institutions', details: counts })
    return counts
  })
}

/** Two imports, or two processes loading a demo market, wait for each other until the end of the transaction. */
export const lockDirectory = (tx: Tx) => sql`select pg_advisory_xact_lock(4950116)`.execute(tx)

/** Addresses that a contact of an institution outside the roster already has: a mail must tell for whom it is answered. */
async function mailsTaken(tx: Tx, lines: RosterLine[]) {
  const places = new Map(
    lines.flatMap(({ line, contacts }) =>
      contacts.map(({ mail, rank }) => [mail, { line, column: rank === 1 ? 'primary_mail' : 'deputy_mail' }]),
    ),
  )
  const taken = await tx
    .selectFrom('contact_address as contact')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('contact.removed_at', 'is', null)
    .where('contact.means', '=', 'mail')
    .where('contact.address', '=', sql<string>`any(${[...places.keys()]})`)
    .where('institution.code', '!=', sql<string>`all(${lines.map(({ code }) => code)})`)
    .select(['contact.address as mail', 'institution.code'])
    .execute()
  return taken.flatMap(({ mail, code }) => {
    const place = places.get(mail)
    return place ? problem(place.line, place.column, 'mail_taken', code) : []
  })
}
