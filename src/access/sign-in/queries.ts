import type { Database } from '#ground/db/database.ts'
import type { Person, Role } from '#ground/rights/person.ts'

/** A person with the roles they hold now; undefined when there is none, or they have left. */
export async function readPerson(db: Database, person_id: string): Promise<Person | undefined> {
  const rows = await db
    .selectFrom('person')
    .leftJoin('role_grant', (join) =>
      join.onRef('role_grant.person_id', '=', 'person.id').on('role_grant.removed_at', 'is', null),
    )
    .where('person.id', '=', person_id)
    .where('person.left_at', 'is', null)
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.institution_id', 'role_grant.role'])
    .execute()
  const [first] = rows
  if (!first) return undefined
  const { role: _, ...person } = first
  return { ...person, roles: rows.flatMap(({ role }) => role ?? []) }
}

/** Everyone who holds one of these roles now, once each, with their institution: those to be told of something grave. */
export const peopleWithRole = (db: Database, roles: readonly Role[]) =>
  addressees(db)
    .where('person.id', 'in', ({ selectFrom }) =>
      selectFrom('role_grant').where('role', 'in', roles).where('removed_at', 'is', null).select('person_id'),
    )
    .orderBy('person.email')
    .execute()

/** A person to write to; undefined when there is none, or they have left. */
export const readAddressee = (db: Database, person_id: string) =>
  addressees(db).where('person.id', '=', person_id).executeTakeFirst()

const addressees = (db: Database) =>
  db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('person.left_at', 'is', null)
    .select(['person.id', 'person.email', 'person.name_ja', 'person.name_en', 'person.institution_id'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])

/** The accounts of a demo market, for its sign-in page: those that show the most, first. Empty outside a demo. */
export const demoAccounts = (db: Database) =>
  db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('person.is_demo', '=', true)
    .where('person.left_at', 'is', null)
    .where('role_grant.removed_at', 'is', null)
    .select(['person.email', 'person.name_ja', 'person.name_en', 'role_grant.role', 'institution.kind'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy('person.created_at')
    .orderBy('institution.code')
    .orderBy('person.email')
    .execute()

/** Whether any institution signs its people in itself, so that the sign-in page offers it. */
export const hasWorkplaceSignIn = async (whole: Database): Promise<boolean> =>
  (await whole.selectFrom('sso_provider').where('is_active', '=', true).select('id').limit(1).executeTakeFirst()) !==
  undefined

export type DemoAccount = Awaited<ReturnType<typeof demoAccounts>>[number]
