import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'

/**
 * As whom a connection of readers reads and writes; the database's own rules (row-level security) go by it.
 * A person: what their institution and rights allow; `may` are the names of acts in the table of rights. `nobody`: nothing.
 */
export type Scope = 'nobody' | { person_id: string; institution_id: string; may: readonly string[]; read_only: boolean }

/** Opens every connection with a transaction that says who reads, so that no query can forget to; one statement alone is committed by itself. */
export class ScopedDialect extends PostgresDialect {
  readonly #scope: Scope
  constructor(pool: pg.Pool, scope: Scope) {
    super({ pool })
    this.#scope = scope
  }
  override createDriver(): Driver {
    return new ScopedDriver(super.createDriver(), opening(this.#scope))
  }
}

/** The same for another way to open a transaction. */
export const scopedDriver = (inner: Driver, opening: CompiledQuery): Driver => new ScopedDriver(inner, opening)

class ScopedDriver implements Driver {
  readonly #inner: Driver
  readonly #opening: CompiledQuery
  constructor(inner: Driver, opening: CompiledQuery) {
    this.#inner = inner
    this.#opening = opening
  }
  init = () => this.#inner.init()
  destroy = () => this.#inner.destroy()

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#inner.acquireConnection()
    try {
      await inner.executeQuery(this.#opening)
    } catch (error) {
      await this.#inner.releaseConnection(inner)
      throw error
    }
    return new ScopedConnection(inner)
  }
  async beginTransaction(connection: DatabaseConnection, { isolationLevel }: TransactionSettings) {
    // Already begun; only how it is isolated is still open.
    if (isolationLevel)
      await connection.executeQuery(CompiledQuery.raw(`set transaction isolation level ${isolationLevel}`))
  }
  commitTransaction = (connection: DatabaseConnection) => (connection as ScopedConnection).end('commit')
  rollbackTransaction = (connection: DatabaseConnection) => (connection as ScopedConnection).end('rollback')
  async releaseConnection(connection: DatabaseConnection) {
    const scoped = connection as ScopedConnection
    try {
      await scoped.end(scoped.has_failed ? 'rollback' : 'commit')
    } finally {
      await this.#inner.releaseConnection(scoped.inner)
    }
  }
}

class ScopedConnection implements DatabaseConnection {
  has_failed = false
  #has_ended = false
  readonly inner: DatabaseConnection
  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return await this.inner.executeQuery<Row>(query)
    } catch (error) {
      this.has_failed = true
      throw error
    }
  }
  streamQuery<Row>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.inner.streamQuery<Row>(query, size)
  }
  async end(how: 'commit' | 'rollback') {
    if (this.#has_ended) return
    this.#has_ended = true
    const ending = this.inner.executeQuery(CompiledQuery.raw(how))
    // What went wrong has been said; that a dead connection cannot roll back, too, says nothing new.
    await (this.has_failed ? ending.catch(() => {}) : ending)
  }
}

/**
 * Several statements in one message to the server: a single one would cost a round trip more for every query. Every setting is
 * set, also to nothing: what a login or a pooler brings along as its default opens nothing.
 */
function opening(scope: Scope, kind = typeof scope === 'object' && scope.read_only ? ' read only' : ''): CompiledQuery {
  const set = Object.entries(settingsOf(scope)).map(
    ([name, value]) => `set_config('noroshi.${name}', ${pg.escapeLiteral(value)}, true)`,
  )
  return CompiledQuery.raw(`begin${kind}; select ${set.join(', ')}`)
}

/** One moment for all that follows, and nothing is changed. */
export const pageOpening = (scope: Scope) => opening(scope, ' isolation level repeatable read read only')

const settingsOf = (scope: Scope): Record<string, string> =>
  scope === 'nobody'
    ? { scope: '', person: '', institution: '', may: '' }
    : { scope: '', person: scope.person_id, institution: scope.institution_id, may: scope.may.join(' ') }
