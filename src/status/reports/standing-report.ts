import { sql } from 'kysely'
import { isBare, isLeast, type StandingWord } from '#delivery/answers/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { saidAt } from './freshness.ts'
import type { Scope } from './queries.ts'

/** What an institution's own system says, the institution says. */
const ownName = sql<string | null>`case when report.via = 'file' then institution.name_en end`

/** What an institution says now in a situation, with who said it; null when it has said nothing. */
export async function readStandingReport(db: Database | Tx, institution_id: string, { situation_id, mode }: Scope) {
  const report = await db
    .selectFrom('report_now as report')
    .leftJoin('person', 'person.id', 'report.reported_by')
    .leftJoin('recipient', 'recipient.id', 'report.recipient_id')
    .innerJoin('institution', 'institution.id', 'report.institution_id')
    .where('report.institution_id', '=', institution_id)
    .where('report.situation_id', situation_id === null ? 'is' : '=', situation_id)
    .where('report.mode', '=', mode)
    .selectAll('report')
    .select(['recipient.contact_id', 'recipient.receipt_id', 'recipient.addresses', 'person.email'])
    .select(({ fn }) => [
      fn.coalesce('person.name_ja', 'recipient.name_ja', 'institution.name_ja').as('who_ja'),
      // A person without an English name keeps their own.
      fn.coalesce('person.name_en', 'recipient.name_en', ownName).as('who_en'),
    ])
    .executeTakeFirst()
  return report ?? null
}
export type StandingReport = NonNullable<Awaited<ReturnType<typeof readStandingReport>>>

/** A report as it is held against a few words. Pure. */
export const wordOf = (report: StandingReport): StandingWord => ({
  ...{ id: report.id, said_at: saidAt(report), via: report.via, is_on_behalf: report.is_on_behalf },
  contact_id: report.contact_id,
  is_least: isLeast(report),
  is_bare: isBare(report),
})
