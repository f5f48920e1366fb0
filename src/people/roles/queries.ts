import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { counted } from '#ground/lists/paged.ts'
import type { Wanted } from '#ground/lists/wanted.ts'
import { may, mayIn, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Held } from './rules.ts'

/** The people whose roles this reader decides about: everyone, or their own institution's. */
const inHand = (db: Database, reader: Person) =>
  db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .$if(!may(reader, 'role.grant'), (q) => q.where('person.institution_id', '=', reader.institution_id))

/** Throws unless the reader decides about somebody's roles. First line of every page about people. */
export function mustDecide(reader: Person) {
  if (!may(reader, 'role.grant') && !may(reader, 'role.grant-own'))
    throw new NotAllowed(`${reader.id} decides about nobody's roles`)
}

/** One page of the people, by institution and name, those who have left last; `q` is a part of a name, a mail or an institution. */
export async function listPeople(
  db: Database,
  reader: Person,
  { q, wanted, per_page }: { q: string; wanted: Wanted; per_page: number },
) {
  const sought = q.normalize('NFKC').toLowerCase().trim()
  const names = sql<string>`lower(normalize(concat_ws(' ', person.name_ja, person.name_en, person.email,
    institution.code, institution.name_ja, institution.name_en), nfkc))`
  const found = inHand(db, reader).$if(sought !== '', (query) =>
    query.where(sql<boolean>`strpos(${names}, ${sought}) > 0`),
  )
  const { total } = await found.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const people = found
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.email', 'person.left_at'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(
      sql<
        Role[]
      >`array(select role from role_grant where person_id = person.id and removed_at is null order by role)`.as(
        'roles',
      ),
    )
    .orderBy(sql`person.left_at is not null`)
    .orderBy('institution.code')
    .orderBy('person.name_ja')
    .orderBy('person.id')
  return counted(people, Number(total), wanted, per_page)
}
export type ListedPerson = Awaited<ReturnType<typeof listPeople>>['rows'][number]

/**
 * When each of these people last signed in, as the trail has it. Asked of the whole database: an institution's administrator
 * may not read the trail, but may know whether an account is still used.
 */
export async function lastSignIns(whole: Database, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await whole
    .selectFrom('trail')
    .where('person_id', 'in', ids)
    .where('action', '=', 'sign-in.succeeded')
    .groupBy('person_id')
    .select(['person_id', ({ fn }) => fn.max('at').as('at')])
    .execute()
  return new Map(rows.flatMap(({ person_id, at }) => (person_id ? [[person_id, at]] : [])))
}

/** One account with its institution and the roles it holds now. Who decides at home only is not told of people elsewhere. */
export async function readAccount(db: Database, reader: Person, id: string) {
  const person = await inHand(db, reader)
    .where('person.id', '=', id)
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.email', 'person.institution_id'])
    .select(['person.left_at', 'person.left_reason', 'person.created_at'])
    .select(['institution.kind as institution_kind', 'institution.code as institution_code'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(sql<boolean>`institution.kind = 'regulator' and institution.parent_id is not null`.as('is_bureau'))
    .executeTakeFirst()
  if (!person) throw new NotFound(`person ${id}`)
  const grants = await grantsOf(db, id)
  return { ...person, grants, roles: grants.filter(({ removed_at }) => !removed_at).map(({ role }) => role) }
}
export type AccountView = Awaited<ReturnType<typeof readAccount>>

/** The same, for an act: elsewhere is not theirs to act, whether there is such a person or not. */
export async function accountToActOn(db: Database, by: Person, act: 'role.grant' | 'person.end', id: string) {
  const account = await readAccount(db, by, id).catch((error: unknown) => {
    throw error instanceof NotFound && !may(by, act) ? new NotAllowed(`${by.id} may not ${act} of ${id}`) : error
  })
  if (!mayIn(by, act, account.institution_id)) throw new NotAllowed(`${by.id} may not ${act} of ${id}`)
  return account
}

/** Every role the person holds or held, the current ones first, then the latest ended. */
const grantsOf = (db: Database, person_id: string) =>
  db
    .selectFrom('role_grant')
    .leftJoin('person as granter', 'granter.id', 'role_grant.granted_by')
    .leftJoin('person as ender', 'ender.id', 'role_grant.removed_by')
    .leftJoin('person as confirmer', 'confirmer.id', 'role_grant.confirmed_by')
    .where('role_grant.person_id', '=', person_id)
    .selectAll('role_grant')
    .select(['granter.name_ja as granted_by_ja', 'granter.name_en as granted_by_en'])
    .select(['ender.name_ja as removed_by_ja', 'ender.name_en as removed_by_en'])
    .select(['confirmer.name_ja as confirmed_by_ja', 'confirmer.name_en as confirmed_by_en'])
    .orderBy(sql`removed_at desc nulls first`)
    .orderBy('role_grant.granted_at')
    .orderBy('role_grant.id')
    .execute()

/** Whose role it is that a grant gave. */
export async function personOfGrant(db: Database, by: Person, id: string) {
  const grant = await db.selectFrom('role_grant').where('id', '=', id).select('person_id').executeTakeFirst()
  if (grant) return grant.person_id
  throw may(by, 'role.grant') ? new NotFound(`grant ${id}`) : new NotAllowed(`${by.id} may not end grant ${id}`)
}

/** What ending the account of this person would touch: places in the directory, and (of the whole database) open sessions. */
export async function tiesOf(db: Database, whole: Database, person_id: string, now: Date) {
  const [contacts, { open }] = await Promise.all([
    db
      .selectFrom('contact')
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .select(['id', 'rank', 'institution_id', 'confirmed_at'])
      .orderBy('rank')
      .execute(),
    // Sessions are their own person's alone to see; that some are open is what is said here.
    whole
      .selectFrom('session')
      .where('person_id', '=', person_id)
      .where('expires_at', '>', now)
      .select(({ fn }) => fn.countAll<string>().as('open'))
      .executeTakeFirstOrThrow(),
  ])
  return { contacts, sessions: Number(open) }
}
export type Ties = Awaited<ReturnType<typeof tiesOf>>

/** How many are left at the desk, and how many administrators the institution has. */
export async function heldIn(db: Database, institution_id: string): Promise<Held> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role_grant.removed_at', 'is', null)
    .where('person.left_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('role_grant.role', '=', 'secretariat'),
        eb.and([
          eb('role_grant.role', '=', 'institution_administrator'),
          eb('person.institution_id', '=', institution_id),
        ]),
      ]),
    )
    .groupBy('role_grant.role')
    .select(['role_grant.role', ({ fn }) => fn.countAll<string>().as('people')])
    .execute()
  const count = (role: Role) => Number(rows.find((row) => row.role === role)?.people ?? 0)
  return { secretariat: count('secretariat'), administrators: count('institution_administrator') }
}
