import type { Database } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'

const people_max = 200

/** Who can be asked to do something about a thing: people with one of these roles, as far as the reader may see who they are. */
export const peopleWith = (db: Pick<Database, 'selectFrom'>, roles: readonly Role[]) =>
  db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('person.left_at', 'is', null)
    .where('person.id', 'in', (eb) =>
      eb.selectFrom('role_grant').where('removed_at', 'is', null).where('role', 'in', roles).select('person_id'),
    )
    .select(['person.id', 'person.name_ja', 'person.name_en'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy('institution.code')
    .orderBy('person.name_ja')
    .limit(people_max)
    .execute()
export type Candidate = Awaited<ReturnType<typeof peopleWith>>[number]
