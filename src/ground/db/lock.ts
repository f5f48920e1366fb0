import { CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Client } from 'pg'
import type { Database, Tx } from './database.ts'

/**
 * What only one transaction may work on at a time. Who takes several takes them in this order, from top to bottom; then no two can
 * wait for each other.
 */
export type Lock =
  /** Tries of a secret, by its purpose and the account or address: many at once get no further than one after the other. */
  | 'attempt'
  /** Tries of break-glass codes, all of them. */
  | 'break-glass'
  /** Every change of roles: of the last two at a desk, both could otherwise be ended at once. */
  | 'roles'
  /** The directory as a whole: an import takes it alone, changes of one institution's contacts share it. */
  | 'directory'
  /** What extends or replaces a document of an authority: only one does. */
  | 'official-notice'
  /** The list of district associations: whether a name is taken is a matter of all. */
  | 'districts'
  /** The contacts of an institution. */
  | 'contacts'
  /** The contact point of an institution, and from where it works. */
  | 'contact-point'
  /** Addresses that servers refuse, of all institutions: whether they are many is a matter of all. */
  | 'refusals'
  /** What came as a reply, by its channel, id and sender: the same twice is kept once. */
  | 'reply'
  /** The keys by which files of an institution are believed. */
  | 'drop-key'
  /** What an institution's files say, one after the other: the same twice is taken once. */
  | 'inbound-file'
  /** The chain of reports of an institution in a situation and a mode. */
  | 'report'
  /** The versions of what members see of each other. */
  | 'member-view'
  /** Proposals that come from reports. */
  | 'proposals-of-reports'
  /** An event and its proposals, by its key and mode. */
  | 'event'
  /** Gatherings of a mode: two that ask the same institutions would ask them twice. */
  | 'gatherings'
  /** The versions of a criterion. */
  | 'criterion'
  /** What is decided about the BCP of a market: the steps of a mode, and without a mode who decides and by which criteria. */
  | 'activation'
  /** The versions of a template of notices. */
  | 'template'
  /** The versions of a ladder, by its severity and scope. */
  | 'ladder'
  /** The saved audiences, all of them: whether one leads back to itself is a matter of all. */
  | 'audience-groups'
  /** A thing of a register: its versions, and what hangs on it. */
  | 'register-item'
  /** The numbers of a register, by its kind, institution and mode. */
  | 'register'
  /** What the top page says besides situations. */
  | 'top-page'
  /** Publications of a mode, which follow each other by number. */
  | 'publication'
  /** The one end of the audit trail: every action takes it last, and nothing after it. */
  | 'trail'

type Of = readonly (string | null)[]

/** Waits until no other transaction holds this lock of this thing, and holds it until the end. Taking it twice is no error. */
export const lock = (tx: Tx, name: Lock, ...of: Of) => sql`select ${locking(name, ...of)}`.execute(tx)

/** Like `lock`, but beside others who share it: only who takes it alone waits for them, and they for that one. */
export const lockShared = (tx: Tx, name: Lock, ...of: Of) =>
  sql`select pg_advisory_xact_lock_shared(${keyOf(name, of)})`.execute(tx)

/** Takes a lock within a statement that has more to say; the rows that it guards are read by the next one. */
export const locking = (name: Lock, ...of: Of): RawBuilder<unknown> => sql`pg_advisory_xact_lock(${keyOf(name, of)})`

// As JSON no two things are written alike, wherever one part ends and the next begins.
const keyOf = (name: Lock, of: Of) => sql`hashtextextended(${JSON.stringify([name, ...of])}, 0)`

/**
 * What only one process does at a time, held by a connection until it gives it back or ends. Pairs of numbers: PostgreSQL keeps
 * them apart from the single ones above.
 */
const processLocks = {
  /** Applying migrations: of several processes that start at once, one does and the others wait. */
  migration: 1,
  /** Making the database and its login in the embedded server. */
  'embedded-database': 2,
  /** Using the embedded server: every process shares it, who stops the server holds it alone. */
  'embedded-server': 3,
  /** Asking the agency's feeds. It is held as long as they take to answer. */
  'feed-poll': 4,
  /** Signing the end of the trail: two processes may share a folder. */
  checkpoint: 5,
} as const
type ProcessLock = keyof typeof processLocks

type Connection = Client | Database

/** Holds a lock while the work is done; waits until it is free. */
export async function withProcessLock<Result>(db: Database, name: ProcessLock, work: () => Promise<Result>) {
  return db.connection().execute(async (connection) => {
    await takeProcessLock(connection, name)
    return await work().finally(() => giveBack(connection, name))
  })
}

/** Does the work if no other process is at it, and else nothing. */
export async function ifNoOther(db: Database, name: ProcessLock, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    if (await tryProcessLock(connection, name)) await work().finally(() => giveBack(connection, name))
  })
}

/** Waits for the lock and holds it for as long as the connection lives. */
export const takeProcessLock = (connection: Connection, name: ProcessLock) =>
  ask(connection, `select pg_advisory_lock(${pairOf(name)})`)

export const shareProcessLock = (connection: Connection, name: ProcessLock) =>
  ask(connection, `select pg_advisory_lock_shared(${pairOf(name)})`)

export const unshareProcessLock = (connection: Connection, name: ProcessLock) =>
  ask(connection, `select pg_advisory_unlock_shared(${pairOf(name)})`)

/** Whether it was free, and now is held for as long as the connection lives. */
export async function tryProcessLock(connection: Connection, name: ProcessLock): Promise<boolean> {
  const [row] = await ask(connection, `select pg_try_advisory_lock(${pairOf(name)}) as held`)
  return row?.held === true
}

/** A connection that cannot give it back any more has lost it. */
const giveBack = (connection: Connection, name: ProcessLock) =>
  ask(connection, `select pg_advisory_unlock(${pairOf(name)})`).catch(() => [])

const pairOf = (name: ProcessLock) => `4950113, ${processLocks[name]}`

async function ask(connection: Connection, statement: string): Promise<{ held?: boolean }[]> {
  const { rows } =
    'executeQuery' in connection
      ? await connection.executeQuery<{ held?: boolean }>(CompiledQuery.raw(statement))
      : await connection.query<{ held?: boolean }>(statement)
  return rows
}
