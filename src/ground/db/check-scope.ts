import { sql } from 'kysely'
import type pg from 'pg'
import { NotConfigured } from '#ground/config/config.ts'
import type { Database } from './database.ts'

/**
 * Refuses connections that do not carry what was asked of them. The database shows nothing to whoever has not said who they
 * are, so that behind a pooler that drops it the program would take a full database for an empty one; and a login that brings
 * the program's scope along by itself would open everything to every reader.
 */
export async function checkScope(program: Database, readers: pg.Pool) {
  const { rows } = await sql<{ scope: string | null; me: string }>`
    select current_setting('noroshi.scope', true) as scope, session_user as me`.execute(program)
  if (rows[0]?.scope !== 'program')
    throw new NotConfigured(
      'The database does not get what each connection says of itself: a connection pooler (PgBouncer and the like) drops the ' +
        'start-up parameter "options". The program would take a full database for an empty one. Let DATABASE_URL and ' +
        'DATABASE_OWNER_URL lead to PostgreSQL itself; the program keeps its own pool of connections.',
    )
  const { rows: plain } = await readers.query(`select current_setting('noroshi.scope', true) as scope`)
  if (plain[0]?.scope)
    throw new NotConfigured(
      `The login of DATABASE_URL brings noroshi.scope along by itself, which only the program may say. Let an administrator of the database server run:\n\n  alter role "${rows[0].me.replaceAll('"', '""')}" reset noroshi.scope;\n  alter database … reset noroshi.scope;   (if it was set there)\n\nThen start again.`,
    )
}
