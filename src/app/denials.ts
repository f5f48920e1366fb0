import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** One who tries addresses leaves so many lines a minute of each kind; then one line says how many more there were. */
export const lines_a_minute = 20
const minute_ms = 60_000

/** What one person was refused since: at each address one line, and how often again; at further addresses only how often. */
type Window = {
  by: Person
  is_found: boolean
  since: number
  again: Map<string, number>
  more: number
  about: string
}

/** An address with an id in it, of the form that every id here has. */
const id = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/|$)/i
export const hasId = (path: string) => id.test(path)

/**
 * Leaves a line in the trail when someone asks for what is not theirs; asked for again and again, it is told once a minute how often.
 * For a thing that is not there for them any well-formed id counts, whether there is such a thing or not: the answer must not
 * tell, and neither need the trail ask.
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
      .execute((tx) => record(tx, by, clock(), { action: 'access.denied', about, details }))
      .catch(report)

  const tell = async (key: string, { by, is_found, again, more, about }: Window) => {
    windows.delete(key)
    const found = is_found ? {} : { found: false }
    for (const [path, times] of again) if (times > 0) await write(by, path, { ...found, more: times })
    if (more > 0) await write(by, about, { ...found, more })
  }
  const tellOld = async () => {
    for (const [key, window] of [...windows]) if (clock().getTime() - window.since >= minute_ms) await tell(key, window)
  }
  const note = async (by: Person, path: string, method: string, { is_found }: { is_found: boolean }) => {
    await tellOld()
    const about = path.slice(0, 200)
    const key = `${by.id} ${is_found}`
    const window = windows.get(key) ?? { by, is_found, since: clock().getTime(), again: new Map(), more: 0, about }
    windows.set(key, window)
    const times = window.again.get(about)
    if (times !== undefined) window.again.set(about, times + 1)
    else if (window.again.size >= lines_a_minute) {
      window.more++
      window.about = about
    } else {
      window.again.set(about, 0)
      await write(by, about, { method, ...(!is_found && { found: false }) })
    }
  }
  let running = Promise.resolve()
  const timer = setInterval(() => (running = running.then(tellOld)), minute_ms)
  timer.unref()

  return {
    /** No right: 403. */
    refused: (by: Person, about: string, method: string) => note(by, about, method, { is_found: true }),
    /** Not there for them: 404. */
    notFound: (by: Person, about: string, method: string) => note(by, about, method, { is_found: false }),
    /** Says what was not said yet. */
    async close() {
      clearInterval(timer)
      await running
      for (const [key, window] of [...windows]) await tell(key, window)
    },
  }
}
export type Denials = ReturnType<typeof openDenials>
