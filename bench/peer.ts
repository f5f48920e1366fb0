import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Access, connection, type Database, openPool } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { mayAll } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/**
 * A bare client of PostgreSQL on the same database and as the same restricted role: as the program itself, or as one reader, by
 * whom the database's own rules go.
 */
export async function openPeer(access: Access, reader?: Person): Promise<pg.Client> {
  const client = new pg.Client(connection(reader ? access : { ...access, scope: 'program' }))
  await client.connect()
  if (reader)
    await client.query(
      `select set_config('noroshi.person', $1, false), set_config('noroshi.institution', $2, false), set_config('noroshi.may', $3, false)`,
      [reader.id, reader.institution_id, mayAll(reader).join(' ')],
    )
  return client
}

type Statement = { text: string; values: unknown[] }

/** What some work of ours asks of the database, word for word, to be asked again by a bare client. */
export async function statementsOf(
  access: Access,
  work: (db: Database) => Promise<unknown>,
): Promise<readonly Statement[]> {
  const said: Statement[] = []
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openPool({ ...access, scope: 'program' }, 1) }),
    log: ({ query }) => void said.push({ text: query.sql, values: [...query.parameters] }),
  })
  try {
    await work(db)
  } finally {
    await db.destroy()
  }
  if (said.length === 0) throw new Error('nothing was asked of the database')
  return said
}

export async function ask(client: pg.Client, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) await client.query(text, values)
}

/** Somebody of the demo market, with the roles they hold. */
export async function personOf(db: Database, email: string): Promise<Person> {
  const person = await db
    .selectFrom('person')
    .where('email', '=', email)
    .select(['id', 'name_ja', 'name_en', 'institution_id'])
    .executeTakeFirstOrThrow()
  const grants = await db
    .selectFrom('role_grant')
    .where('person_id', '=', person.id)
    .where('removed_at', 'is', null)
    .select('role')
    .execute()
  return { ...person, roles: grants.map(({ role }) => role) }
}

/**
 * Files bare reports, each one statement with its commit and, as the program's reports do, told to who listens: on a chain
 * that no page shows.
 */
export function bareReports(client: pg.Client, { id, institution_id }: Person): () => Promise<void> {
  let last: string | null = null
  return async () => {
    const { rows } = await client.query<{ id: string }>(insert, [institution_id, last, id])
    last = rows[0]!.id
  }
}

const insert = `
  with filed as (
    insert into report (institution_id, mode, supersedes, order_trading, damage_building, damage_systems, damage_staff,
      damage_external, bcp, command_centre, text, next_update_at, reported_by, reported_at, idempotency_key)
    values ($1, 'test', $2, 'normal', 'none', 'none', 'none', 'none', 'not_activated', 'not_set_up', '',
      now() + interval '1 hour', $3, now(), gen_random_uuid())
    returning id)
  select id, pg_notify('bare', id::text) from filed`
