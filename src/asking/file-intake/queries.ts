import type { Database } from '#ground/db/database.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** What came in as files, newest first: a query of which a page takes its part. */
export function inboundFiles(db: Database, reader: Person) {
  must(reader, 'delivery.see')
  return db
    .selectFrom('inbound_file as file')
    .innerJoin('institution', 'institution.id', 'file.institution_id')
    .select(['file.id', 'file.name', 'file.outcome', 'file.reason', 'file.mode', 'file.report_id', 'file.stands_id'])
    .select(['file.said_ja', 'file.said_en', 'file.taken_at', 'institution.name_ja', 'institution.name_en'])
    .orderBy('file.taken_at', 'desc')
    .orderBy('file.id')
}
export type ListedFile = Awaited<ReturnType<ReturnType<typeof inboundFiles>['execute']>>[number]

/** The institutions that have or had a key, with the newest of each. */
export function dropKeys(db: Database, reader: Person) {
  must(reader, 'delivery.see')
  return db
    .selectFrom('drop_key as key')
    .innerJoin('institution', 'institution.id', 'key.institution_id')
    .innerJoin('person', 'person.id', 'key.set_by')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('drop_key as later')
            .whereRef('later.institution_id', '=', 'key.institution_id')
            .whereRef('later.generation', '>', 'key.generation')
            .select('later.generation'),
        ),
      ),
    )
    .select(['key.institution_id', 'key.generation', 'key.is_on', 'key.set_at', 'institution.code'])
    .select(['institution.name_ja', 'institution.name_en', 'person.name_ja as by_ja', 'person.name_en as by_en'])
    .orderBy('institution.code')
    .execute()
}
export type DropKey = Awaited<ReturnType<typeof dropKeys>>[number]
