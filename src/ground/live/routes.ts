import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { heardBy } from '#ground/rights/topics.ts'
import { signedIn } from '#ground/tools/signed-in.ts'
import { type AppEnv, readerOf } from '#ground/tools/tools.ts'
import type { Hub } from './hub.ts'

/** What a page may wait for: its own path. Nothing but "look again" is ever sent. */
const topic = /^\/[a-z-]+(\/[a-z-]+)?(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?(\/[a-z-]+)?$/
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}
/** What one page waits for. */
const topics_max = 16
const beat_ms = 15_000
/** Open pages of one person; more than anybody has, and too few to keep others out. */
export const streams_of_one_max = 200
/** A tab that has stopped reading is dropped when this much waits for it; it asks again by itself. */
const waiting_bytes_max = 64 * 1024

export const liveRoutes = (hub: Hub) => {
  const routes = new Hono<AppEnv>()
  const open = new Map<string, number>()
  const count = (id: string, more: 1 | -1) => {
    const left = (open.get(id) ?? 0) + more
    if (left > 0) open.set(id, left)
    else open.delete(id)
  }

  routes.get('/live', signedIn, async (c) => {
    const asked = c.req.queries('topic')?.filter((name) => topic.test(name)) ?? []
    if (asked.length === 0 || asked.length > topics_max) return c.text('topic?', 400)
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const { id } = readerOf(c)
    if ((open.get(id) ?? 0) >= streams_of_one_max) {
      c.header('retry-after', '60')
      return c.text('too many open pages', 503)
    }
    const topics = await heardBy(c.var.tools.db, readerOf(c), asked)
    const encoder = new TextEncoder()
    let stop = () => {}

    const stream = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          let changes = 0
          count(id, 1)
          const say = (text: string) => {
            if ((controller.desiredSize ?? 0) <= 0) return drop()
            controller.enqueue(encoder.encode(text))
          }
          const unsubscribe = topics.map((name) =>
            hub.subscribe(name, () => say(`id: ${++changes}\nevent: changed\ndata: ${name}\n\n`)),
          )
          // Browsers come back by themselves, to whoever answers then, and not all at once.
          const ungoodbye = hub.onGoodbye(() => {
            say(`retry: ${1000 + Math.floor(Math.random() * 4000)}\nevent: beat\ndata: beat\n\n`)
            stop()
          })
          const beat = setInterval(() => say('event: beat\ndata: beat\n\n'), beat_ms)
          stop = () => {
            for (const end of unsubscribe) end()
            count(id, -1)
            clearInterval(beat)
            ungoodbye()
            stop = () => {}
            try {
              controller.close()
            } catch {
              // Already closed by the browser.
            }
          }
          // Ending the stream would wait for what is still to be sent, for ever.
          const drop = () => {
            stop()
            ;(c.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy()
          }
          say('retry: 1000\nevent: ready\ndata: ready\n\n')
        },
        cancel: () => stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: waiting_bytes_max }),
    )
    return c.body(stream, 200, headers)
  })
  return routes
}
