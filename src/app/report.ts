import { isUnreachable } from '#ground/db/database.ts'

/** Told of errors nobody expected, and of what an operator should read. */
export type Report = ((error: unknown) => void) & { line(text: string): void }

const pause_ms = 1000

/**
 * Writes errors for an operator, each with its time. Of those that say the same only one a second is written, with how many there
 * were; of a database that is away one line, whatever failed because of it. Who went away themselves is no error.
 */
export function openReport(write: (text: string) => void = (text) => console.error(text), now = Date.now): Report {
  const last = new Map<string, { at: number; more: number }>()
  const say = (same: string, text: string) => {
    const at = now()
    const before = last.get(same)
    if (before && at - before.at < pause_ms) {
      before.more++
      return
    }
    for (const [key, { at: then }] of last) if (at - then > 60_000) last.delete(key)
    last.set(same, { at, more: 0 })
    const more = before?.more ? ` (and ${before.more} more like it)` : ''
    write(`${new Date(at).toISOString()} ${text}${more}`)
  }
  const report = (error: unknown) => {
    if (isGone(error)) return
    if (isUnreachable(error)) return say('database', `The database does not answer: ${firstLine(error)}`)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(text, text)
  }
  return Object.assign(report, { line: (text: string) => say(text, text) })
}

/** The browser has closed the connection in the midst of its own request. */
export const isGone = (error: unknown) => {
  const { name, message, code } = error as { name?: string; message?: string; code?: string }
  return (
    name === 'AbortError' || (code === 'ECONNRESET' && message === 'aborted') || code === 'ERR_STREAM_PREMATURE_CLOSE'
  )
}

const firstLine = (error: unknown): string => {
  const { message, errors, cause } = error as { message?: string; errors?: unknown[]; cause?: unknown }
  const inner = errors?.[0] ?? cause
  return message?.split('\n', 1)[0] || (inner ? firstLine(inner) : String(error))
}
