import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import { type Database, isUnreachable } from './database.ts'
import { pageOpening, type Scope, scopedDriver } from './scope.ts'
import type { Tables } from './tables.ts'
import { openTurns, type Turns } from './turns.ts'

/** The database as one reader sees it while a page is made for them; `done` once it is. */
export type PageDatabase = { db: Database; done: () => void }

/** Connections that no page holds: whoever sends a form does not wait for a storm of readers. */
const kept_for_forms = 2
const patience_ms = 5000

/**
 * Pages on this pool: all that one asks is read in one transaction, which begins with the first question and says once who reads.
 * It is read only and sees one moment (repeatable read), so that the figures of a page agree. One failed question ends it, and
 * the next begins another; what is asked after the page is made, as by a file that is handed out in parts, has one of its own.
 */
export function pagesOn(pool: pg.Pool) {
  const turns = openTurns(Math.max(1, pool.options.max - kept_for_forms), patience_ms)
  return (scope: Scope): PageDatabase => {
    const dialect = new PageDialect(pool, scope, turns)
    return { db: new Kysely<Tables>({ dialect }), done: () => dialect.driver.done() }
  }
}

class PageDialect extends PostgresDialect {
  readonly driver: PageDriver
  constructor(pool: pg.Pool, scope: Scope, turns: Turns) {
    super({ pool })
    this.driver = new PageDriver(scopedDriver(super.createDriver(), pageOpening(scope)), turns)
  }
  override createDriver(): Driver {
    return this.driver
  }
}

class PageDriver implements Driver {
  readonly #scoped: Driver
  readonly #turns: Turns
  #open: DatabaseConnection | null = null
  #last: Promise<unknown> = Promise.resolve()
  #is_done = false
  constructor(scoped: Driver, turns: Turns) {
    this.#scoped = scoped
    this.#turns = turns
  }
  init = () => this.#scoped.init()
  destroy = async () => this.done()

  /** Whoever asks shares it; questions go one after the other. */
  acquireConnection = async (): Promise<DatabaseConnection> => ({
    executeQuery: (query) => this.#inTurn(() => this.#ask(query)),
    streamQuery() {
      throw new Error('a page reads its answers whole')
    },
  })
  async releaseConnection() {}
  // Everything is in one already.
  async beginTransaction() {}
  async commitTransaction() {}
  async rollbackTransaction() {}

  /** Nobody waits for the end of a transaction that has changed nothing. */
  done() {
    this.#is_done = true
    this.#inTurn(() => this.#end()).catch(() => {})
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }
  async #ask<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#open ??= await this.#begin()
    let has_failed = true
    try {
      const answer = await this.#open.executeQuery<Row>(query)
      has_failed = false
      return answer
    } finally {
      if (has_failed || this.#is_done) await this.#end()
    }
  }
  async #begin() {
    await this.#turns.take()
    try {
      return await this.#scoped.acquireConnection()
    } catch (error) {
      this.#turns.give()
      // They would only find out one after the other.
      if (isUnreachable(error)) this.#turns.failAll(error)
      throw error
    }
  }
  async #end() {
    const open = this.#open
    if (!open) return
    this.#open = null
    await this.#scoped.releaseConnection(open).finally(() => this.#turns.give())
  }
}
