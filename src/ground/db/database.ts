import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { PlanKeepingClient } from './kept-plan.ts'
import { type Scope, ScopedDialect } from './scope.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>
export type Tx = Transaction<Tables>

// A calendar date has no time and no zone: it stays the text 'YYYY-MM-DD'.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Where the database is and as whom to sign in; `role` is taken on at sign-in, for a server where only one login exists. */
export type Access = { url: string; role?: string }

/** Connections that give up instead of hanging: 5 s to be connected or to get a place in the pool, 15 s for a statement. */
export const connection = ({ url, role, scope }: Access & { scope?: 'program' }): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: 5000,
  query_timeout: 15_000,
  statement_timeout: 14_000,
  idle_in_transaction_session_timeout: 20_000,
  keepAlive: true,
  options: [role && `-c role=${role}`, scope && `-c noroshi.scope=${scope}`].filter(Boolean).join(' '),
})

export function openPool(
  access: Parameters<typeof connection>[0],
  max = 10,
  settings: Pick<pg.PoolConfig, 'query_timeout' | 'statement_timeout'> = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...{ ...connection(access), ...settings, application_name: 'noroshi', max },
    Client: PlanKeepingClient,
  })
  // A connection may die with its server, idle or in the midst of a transaction. Whoever uses it next is told; an event
  // that nobody listens to would end the whole process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * The database as the program itself sees it, whole: for background work and sign-in. Its connections are the program's from
 * the moment they open: no storm of readers keeps its work waiting, and a single statement is a single round trip.
 */
export const openProgram = (access: Access, max?: number): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool({ ...access, scope: 'program' }, max) }) })

/** The database as a reader sees it. Cheap: one a request is fine. */
export const openDatabase = (pool: pg.Pool, scope: Scope): Database =>
  new Kysely<Tables>({ dialect: new ScopedDialect(pool, scope) })

/** Without a scope, for the owner's work on the tables themselves. */
export const openBare = (pool: pg.Pool): Database => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

/** True when an error says that the database cannot be reached or is going down, so that trying again later may help. */
export function isUnreachable(error: unknown): boolean {
  // The job queue passes on what went wrong as an object that is no Error.
  for (
    let cause = error as Partial<Error & { code: string }> | undefined;
    cause?.message;
    cause = cause.cause as never
  ) {
    const code = cause.code ?? ''
    // What a pooler refuses (08P01) stays refused, however often it is asked.
    if (/^(08(?!P01)|57P0|53)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)/.test(code)) return true
    if (/timeout|terminated|not queryable|Connection ended/i.test(cause.message)) return true
    if (cause instanceof AggregateError) return cause.errors.some(isUnreachable)
  }
  return false
}
