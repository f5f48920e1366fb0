import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

type Told = {
  port?: number
  first_at?: number
  reached?: number
  at?: number
  count?: number
  distinct?: number
  more_than_once?: number
  most?: number
}
export type Sink = Awaited<ReturnType<typeof openSink>>

/** A mail server in a process of its own that takes everything. */
export async function openSink() {
  const child: ChildProcess = fork(fileURLToPath(new URL('./smtp-sink.js', import.meta.url)))
  const next = async (has: (told: Told) => boolean): Promise<Told> => {
    for (;;) {
      const [told] = (await once(child, 'message')) as [Told]
      if (has(told)) return told
    }
  }
  const { port } = await next(({ port }) => port !== undefined)
  const ask = (asked: object) => void child.send(asked)
  return {
    url: `smtp://127.0.0.1:${port}`,
    reset: () => ask({ reset: true }),
    takes: (answer_ms: number) => ask({ answer_ms }),
    /** When the first mail since the last reset came, in ms since 1970. */
    first: async () => (await next(({ first_at }) => first_at !== undefined)).first_at ?? 0,
    async reach(count: number) {
      const told = next(({ reached }) => reached !== undefined)
      ask({ reach: count })
      return (await told).at ?? 0
    },
    async count() {
      const told = next(({ count }) => count !== undefined)
      ask({ count: true })
      const { count = 0, distinct = 0, more_than_once = 0, most = 0 } = await told
      return { count, distinct, more_than_once, most }
    },
    close: () => child.kill(),
  }
}
