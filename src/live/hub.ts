import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type Access, connection } from '#db/database.ts'

export type Heard = (about: string) => void

/** Hears every change that any process commits, over one LISTEN connection, and passes its path to those who asked for it. */
export type Hub = {
  /** Calls back for changes of this path; '*' for all. Returns how to stop. */
  subscribe(path: string, heard: Heard): () => void
  /** Since when the connection to the database has been up; null while it is lost. */
  listening(): boolean
  close(): Promise<void>
}

/** The path told to everyone when the connection was lost and is back: whatever was missed, look again. */
export const everything = '*'

export function openHub(access: Access): Hub {
  const listeners = new Map<string, Set<Heard>>()
  let client: pg.Client | null = null
  let closed = false

  const tell = (about: string) => {
    const paths = about === everything ? [...listeners.keys()] : [about, everything]
    for (const path of paths) for (const heard of listeners.get(path) ?? []) heard(about)
  }

  const connect = async () => {
    let isFirst = true
    while (!closed) {
      const next = new pg.Client({ ...connection(access), query_timeout: 0, application_name: 'noroshi-listen' })
      const lost = new Promise<void>((resolve) => {
        next.on('error', () => resolve())
        next.on('end', () => resolve())
      })
      try {
        await next.connect()
        next.on('notification', ({ payload }) => payload && tell(payload))
        await next.query('listen changed')
        client = next
        if (!isFirst) tell(everything)
        isFirst = false
        await lost
      } catch {
        // The database is away; asked again below.
      }
      client = null
      await next.end().catch(() => {})
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
    async close() {
      closed = true
      await client?.end().catch(() => {})
      await running
    },
  }
}
