import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type Access, connection } from '#ground/db/database.ts'

export type Heard = (about: string) => void

/** Hears every change that any process commits, over one LISTEN connection, and passes its path to those who asked for it. */
export type Hub = {
  /** Calls back for changes of this path; '*' for all. Returns how to stop. */
  subscribe(path: string, heard: Heard): () => void
  /** Since when the connection to the database has been up; null while it is lost. */
  listening(): boolean
  /** Calls back once when this process is about to go. Returns how to stop. */
  onGoodbye(heard: () => void): () => void
  sayGoodbye(): void
  close(): Promise<void>
}

/** The path told to everyone when the connection was lost and is back: whatever was missed, look again. */
export const everything = '*'

export function openHub(access: Access): Hub {
  const listeners = new Map<string, Set<Heard>>()
  const leaving = new Set<() => void>()
  let client: pg.Client | null = null
  let closed = false
  let stop = () => {}

  const tell = (about: string) => {
    const paths = about === everything ? [...listeners.keys()] : [about, everything]
    for (const path of paths) for (const heard of listeners.get(path) ?? []) heard(about)
  }

  const connect = async () => {
    while (!closed) {
      const next = new pg.Client({ ...connection(access), query_timeout: 0, application_name: 'noroshi-listen' })
      const lost = new Promise<void>((resolve) => {
        next.on('error', () => resolve())
        next.on('end', () => resolve())
        stop = resolve
      })
      try {
        await next.connect()
        next.on('notification', ({ payload }) => payload && tell(payload))
        await next.query('listen changed')
        client = next
        tell(everything)
        await Promise.race([lost, silence(next)])
      } catch {
        // The database is away; asked again below.
      }
      client = null
      // A server that no longer answers must not keep us.
      await Promise.race([next.end().catch(() => {}), wait(500)])
      if (!closed) await wait(500)
    }
  }
  const running = connect()

  return {
    subscribe(path, heard) {
      const set = listeners.get(path) ?? new Set()
      listeners.set(path, set.add(heard))
      return () => {
        set.delete(heard)
        if (set.size === 0) listeners.delete(path)
      }
    },
    listening: () => client !== null,
    onGoodbye(heard) {
      leaving.add(heard)
      return () => leaving.delete(heard)
    },
    sayGoodbye() {
      for (const heard of [...leaving]) heard()
    },
    async close() {
      closed = true
      stop()
      await running
    },
  }
}

const ask_ms = 5000

/** Rejects once the server has stopped answering: a connection whose other end is gone or frozen says nothing by itself. */
async function silence(client: pg.Client): Promise<never> {
  for (;;) {
    await wait(ask_ms, undefined, { ref: false })
    await client.query({ text: 'select 1', query_timeout: ask_ms } as pg.QueryConfig)
  }
}
