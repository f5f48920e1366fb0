import { lockDirectory } from '#directory/contacts/index.ts'
import { linkContacts, listDistricts } from '#directory/institutions/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { must } from '#ground/rights/may.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Actor, record } from '#ground/trail/record.ts'
import { apply } from './apply.ts'
import { fromCompact, type Upload } from './lines.ts'
import { plan } from './plan.ts'
import type { Plan } from './planned.ts'
import { type Refused, refused } from './problem.ts'
import { readDirectory } from './read-directory.ts'
import type { RosterLine } from './roster-line.ts'

export type Counts = { added: number; changed: number; unchanged: number }

/**
 * Brings the directory up to a compact roster: all of its lines, or none. Institutions that it does not name stay as they
 * are. Importing the same roster again changes nothing.
 */
export async function importRoster(
  tools: Pick<Tools, 'db' | 'clock'>,
  by: Actor,
  lines: RosterLine[],
): Promise<Counts | Refused> {
  const done = await importUpload(tools, by, fromCompact(lines), { is_complete: false })
  return 'problems' in done ? done : countsOf(done.plan, lines.length)
}

/** Brings the directory up to a file: all of it, or nothing. */
export async function importUpload(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Actor,
  upload: Upload,
  { is_complete }: { is_complete: boolean },
): Promise<{ plan: Plan } | Refused> {
  if ('roles' in by) must(by, 'roster.import')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockDirectory(tx)
    const planned = await planNow(tx, upload, is_complete, at)
    if (planned.problems.length > 0) return refused(planned.problems)
    await applyPlan(tx, planned, upload, at)
    await record(tx, by, at, { action: 'roster.imported', about: '/institutions', details: detailsOf(planned) })
    return { plan: planned }
  })
}

/** Writes what differs between the directory and the lines of a compact roster that is known to be right. */
export async function writeRoster(tx: Tx, lines: RosterLine[], at: Date): Promise<Counts> {
  const upload = fromCompact(lines)
  const planned = await planNow(tx, upload, false, at)
  await applyPlan(tx, planned, upload, at)
  return countsOf(planned, lines.length)
}

/** What an upload would do to the directory at this moment. */
export const planNow = async (db: Database, upload: Upload, is_complete: boolean, at: Date): Promise<Plan> =>
  plan(upload, await readDirectory(db), {
    districts: await listDistricts(db),
    is_complete,
    today: toCivilInput(at).slice(0, 10),
  })

/** Writes a plan and links its contacts to their accounts. */
export async function applyPlan(tx: Tx, { writes }: Plan, upload: Upload, at: Date): Promise<void> {
  await apply(tx, writes, at)
  const codes = [
    ...(upload.institutions ?? []).map(({ code }) => code),
    ...(upload.contacts ?? []).map(({ institution_code }) => institution_code),
  ]
  await linkContacts(tx, [...new Set(codes)])
}

/** By institution: one of whose contacts something changed has changed. */
function countsOf({ entries }: Plan, lines: number): Counts {
  const added = new Set(
    entries.filter(({ what, how }) => what === 'institution' && how === 'added').map(({ of }) => of),
  )
  const touched = new Set(entries.map(({ of }) => of))
  return { added: added.size, changed: touched.size - added.size, unchanged: lines - touched.size }
}

const codes_max = 50

/** What the trail keeps of an import: how many, which institutions and which fields, and nobody's name or address. */
export function detailsOf({ institutions, contacts, entries }: Plan) {
  const { before: _, ...ofInstitutions } = institutions
  const { before: __, ...ofContacts } = contacts
  const codes = (how: string) =>
    [...new Set(entries.filter((entry) => entry.how === how).map(({ of }) => of))].slice(0, codes_max)
  const fields = new Set(
    entries.flatMap(({ what, how, changes }) =>
      how === 'changed' ? changes.map(({ field }) => `${what}.${field}`) : [],
    ),
  )
  return {
    institutions: ofInstitutions,
    contacts: ofContacts,
    changed: codes('changed'),
    removed: codes('removed'),
    fields: [...fields].sort(),
  }
}
