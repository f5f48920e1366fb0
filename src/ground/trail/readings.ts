import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'

/** Who read what, newest first, as a query of which a page takes its part. `person` and `about` are parts of a name, mail or path. */
export function readingsOf(
  db: Database,
  {
    person,
    person_id,
    about,
    day,
  }: {
    person: string
    person_id: string | undefined
    about: string
    day: string | undefined
  },
) {
  const sought = person.normalize('NFKC').toLowerCase()
  const names = sql<string>`lower(normalize(concat_ws(' ', person.name_ja, person.name_en, person.email), nfkc))`
  return db
    .selectFrom('reading')
    .innerJoin('person', 'person.id', 'reading.person_id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .$if(person_id !== undefined, (q) => q.where('reading.person_id', '=', person_id ?? ''))
    .$if(sought !== '', (q) => q.where(sql<boolean>`strpos(${names}, ${sought}) > 0`))
    .$if(about !== '', (q) => q.where(sql<boolean>`strpos(reading.about, ${about}) > 0`))
    .$if(day !== undefined, (q) => q.where('reading.day', '=', day ?? ''))
    .selectAll('reading')
    .select(['person.name_ja', 'person.name_en'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy('reading.last_at', 'desc')
    .orderBy('reading.person_id')
    .orderBy('reading.about')
}
export type Read = Awaited<ReturnType<ReturnType<typeof readingsOf>['execute']>>[number]
