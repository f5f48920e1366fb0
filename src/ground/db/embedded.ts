import { setTimeout as wait } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { NotConfigured } from '#ground/config/config.ts'
import { type Cluster, findCluster, owner } from './embedded-cluster.ts'
import { createCluster } from './embedded-initdb.ts'
import { runningPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { lastLines, startPostmaster, trimLog } from './embedded-start.ts'
import { shareProcessLock, tryProcessLock, unshareProcessLock } from './lock.ts'

export type EmbeddedServer = {
  /** Connection string for a database of this server, as its superuser. */
  url(database: string): string
  port: number
  /** It was already running: another process of ours has started it, or a killed one has left it. */
  adopted: boolean
  /** Stops the server and waits until it has ended, unless another process of ours still uses it. */
  close(): Promise<void>
}

/**
 * Starts the PostgreSQL of a data folder, or joins the one already running there.
 * A server that dies meanwhile is started again, on the same port.
 */
export async function openEmbedded(
  data: string,
  options: { password?: string; fsync?: boolean } = {},
): Promise<EmbeddedServer> {
  const fsync = options.fsync ?? true
  const cluster = await findCluster(data, options.password)
  await createCluster(cluster, fsync)
  const first = await attach(cluster, fsync)
  let { port } = first
  let anchor: Client | undefined
  let restored: Promise<void> = Promise.resolve()
  let closing: Promise<void> | undefined

  const hold = (attached: Attached) => {
    port = attached.port
    anchor = attached.anchor.once('end', () => {
      anchor = undefined
      restored = restore()
    })
  }
  const restore = async () => {
    while (!closing) {
      try {
        return hold(await attach(cluster, fsync))
      } catch {
        // The server's log says why, for instance a full disk; that may pass.
        await wait(1000)
      }
    }
  }
  hold(first)
  const trimming = setInterval(() => trimLog(cluster).catch(() => undefined), 60_000).unref()

  const close = async () => {
    clearInterval(trimming)
    await Promise.race([restored, wait(10_000, undefined, { ref: false })])
    await leave(cluster, anchor)
  }
  return {
    url: (database) => `postgres://${owner}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`,
    get port() {
      return port
    },
    adopted: !first.started,
    close: () => (closing ??= close()),
  }
}

type Attached = { port: number; started: boolean; anchor: Client }

/** A server that starts or stops takes its time after a crash; one that says it is ready must answer. */
const attach_ms_max = 300_000
const deaf_ms_max = 30_000

/** Ends with a ready server and our anchor in it, whatever others do to the server meanwhile. */
async function attach(cluster: Cluster, fsync: boolean): Promise<Attached> {
  let started = false
  let changed = Date.now()
  for (const began = changed; Date.now() - began < attach_ms_max && Date.now() - changed < deaf_ms_max; ) {
    const running = await runningPostmaster(cluster.folder)
    if (!running?.ready) changed = Date.now()
    if (!running) {
      started = await startPostmaster(cluster, fsync)
      continue
    }
    const anchor = running.ready && (await dropAnchor(cluster, running.port))
    if (anchor) return { port: running.port, started, anchor }
    await wait(5)
  }
  throw new Error(
    `The PostgreSQL in ${cluster.folder} does not answer. The end of its log:\n${await lastLines(cluster)}`,
  )
}

/**
 * Each process holds one connection with a shared lock for its whole life; who stops the server takes the lock alone. So the
 * server itself decides who is last, and forgets a killed process at once.
 * Undefined when the server is just starting, stopping, or being stopped by the one who was last.
 */
async function dropAnchor(cluster: Cluster, port: number): Promise<Client | undefined> {
  const anchor = new Client({
    host: '127.0.0.1',
    port,
    user: owner,
    password: cluster.password,
    database: 'postgres',
    application_name: 'noroshi-anchor',
    connectionTimeoutMillis: 5000,
    query_timeout: 10_000,
  })
  // The end of the connection is what counts; without a listener an error would end the process.
  anchor.on('error', () => undefined)
  try {
    await anchor.connect()
    await shareProcessLock(anchor, 'embedded-server')
    return anchor
  } catch (error) {
    await endConnection(anchor)
    const passing = !(error instanceof DatabaseError) || error.code?.startsWith('57P')
    if (passing) return undefined
    if (error.code === '28P01')
      throw new NotConfigured(`The database in ${cluster.folder} was made with another password.`, { cause: error })
    throw error
  }
}

async function leave(cluster: Cluster, held: Client | undefined): Promise<void> {
  const running = await runningPostmaster(cluster.folder)
  const anchor = held ?? (running?.ready && (await dropAnchor(cluster, running.port)))
  if (!running || !anchor) return
  anchor.removeAllListeners('end')
  try {
    // Given back first: of two that leave at the same time, at least the second then has the lock alone.
    await unshareProcessLock(anchor, 'embedded-server')
    const is_last = await tryProcessLock(anchor, 'embedded-server')
    if (is_last) await stopPostmaster(cluster.folder, running.pid)
  } catch (error) {
    // It may have died a moment ago, before our connection has told us: then there is nothing left to stop.
    if (await runningPostmaster(cluster.folder)) throw error
  } finally {
    await endConnection(anchor)
  }
}

/** A server that no longer answers must not keep us. */
const endConnection = (client: Client) => Promise.race([client.end(), wait(1000, undefined, { ref: false })])
