import type { Database } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

const shown_max = 100

/** Recoveries, newest first: those that wait for a second person among them. */
export const listRecoveries = async (db: Database, by: Person, at: Date) => {
  must(by, 'rights.see')
  const rows = await all(db).orderBy('recovery.requested_at', 'desc').limit(shown_max).execute()
  return rows.map((row) => ({ ...row, state: stateOf(row, at) }))
}

export async function readRecovery(db: Database, by: Person, id: string, at: Date) {
  must(by, 'rights.see')
  const row = await all(db).where('recovery.id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound(`recovery ${id}`)
  return { ...row, state: stateOf(row, at) }
}

const all = (db: Database) =>
  db
    .selectFrom('recovery')
    .innerJoin('person', 'person.id', 'recovery.person_id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('person as requester', 'requester.id', 'recovery.requested_by')
    .leftJoin('person as approver', 'approver.id', 'recovery.approved_by')
    .selectAll('recovery')
    .select(['person.name_ja', 'person.name_en', 'person.email'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(['requester.name_ja as requester_ja', 'requester.name_en as requester_en'])
    .select(['approver.name_ja as approver_ja', 'approver.name_en as approver_en'])

export type RecoveryState = 'waiting' | 'approved' | 'withdrawn' | 'lapsed'
const stateOf = (
  row: { approved_at: Date | null; withdrawn_at: Date | null; expires_at: Date },
  at: Date,
): RecoveryState =>
  row.approved_at ? 'approved' : row.withdrawn_at ? 'withdrawn' : row.expires_at <= at ? 'lapsed' : 'waiting'

export type RecoveryView = Awaited<ReturnType<typeof readRecovery>>

/** How many sessions of a person are open: whose they are, only the program sees. */
export const openSessionsOf = async (whole: Database, person_id: string, at: Date) => {
  const { n } = await whole
    .selectFrom('session')
    .where('person_id', '=', person_id)
    .where('expires_at', '>', at)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
