import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** One who tries addresses leaves so many lines a minute; then one line says how many more there were. */
export const lines_a_minute = 20
const minute_ms = 60_000

type Window = { by: Person; since: number; lines: number; more: number; about: string }

/** An address with an id in it, of the form that every id here has. */
const id = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/|$)/i
export const hasId = (path: string) => id.test(path)

/**
 * Leaves a line in the trail when someone asks for what is not theirs. For a thing that is not there for them any well-formed
 * id counts, whether there is such a thing or not: the answer must not tell, and neither need the trail ask.
 */
export function openDenials({
  whole,
  clock,
  report,
}: Pick<Tools, 'whole' | 'clock'> & { report: (error: unknown) => void }) {
  const windows = new Map<string, Window>()

  /** The reader has been refused already; that the line could not be written changes nothing about that. */
  const write = (by: Person, about: string, details: { method?: string; found?: boolean; more?: number }) =>
    // Whoever is refused need not be able to read the trail.
    whole
      .transaction()
      .execute((tx) => record(tx, by, clock(), { action: 'access.denied', about: about.slice(0, 200), details }))
      .catch(report)

  const tell = async (window: Window) => {
    windows.delete(window.by.id)
    if (window.more > 0) await write(window.by, window.about, { found: false, more: window.more })
  }
  const tellOld = async () => {
    for (const window of [...windows.values()]) if (clock().getTime() - window.since >= minute_ms) await tell(window)
  }
  let running = Promise.resolve()
  const timer = setInterval(() => (running = running.then(tellOld)), minute_ms)
  timer.unref()

  return {
    /** No right: 403. */
    refused: (by: Person, about: string, method: string) => write(by, about, { method }),
    /** Not there for them: 404. */
    async notFound(by: Person, about: string, method: string) {
      await tellOld()
      const window = windows.get(by.id) ?? { by, since: clock().getTime(), lines: 0, more: 0, about }
      windows.set(by.id, window)
      if (window.lines >= lines_a_minute) {
        window.more++
        window.about = about
      } else {
        window.lines++
        await write(by, about, { method, found: false })
      }
    },
    /** Says what was not said yet. */
    async close() {
      clearInterval(timer)
      await running
      for (const window of [...windows.values()]) await tell(window)
    },
  }
}
export type Denials = ReturnType<typeof openDenials>
