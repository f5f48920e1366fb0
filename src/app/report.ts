import { isUnreachable } from '#ground/db/database.ts'

/** Told of errors nobody expected, and of what an operator should read. */
export type Report = ((error: unknown) => void) & { line(text: string): void }

const pause_ms = 1000
/** A stack that was written is not written again for so long. */
const stack_ms = 60_000

/**
 * Writes errors for an operator, each with its time. Of one kind, which is what failed and where, only one a second is written, with
 * how many there were, and its stack once a minute; of a database that is away or in trouble one line, whatever failed because of
 * it. Who went away themselves is no error.
 */
export function openReport(write: (text: string) => void = (text) => console.error(text), now = Date.now): Report {
  const last = new Map<string, { at: number; more: number; stack_at: number }>()
  const say = (kind: string, line: string, stack = '') => {
    const at = now()
    const before = last.get(kind)
    if (before && at - before.at < pause_ms) {
      before.more++
      return
    }
    for (const [key, { at: then }] of last) if (at - then > stack_ms) last.delete(key)
    const is_known = before !== undefined && at - before.stack_at < stack_ms
    last.set(kind, { at, more: 0, stack_at: is_known ? before.stack_at : at })
    const more = before?.more ? ` (and ${before.more} more like it)` : ''
    write(`${new Date(at).toISOString()} ${is_known || !stack ? line : stack}${more}`)
  }
  const report = (error: unknown) => {
    if (isGone(error)) return
    if (isUnreachable(error)) return say('database', `The database does not answer: ${firstLine(error)}`)
    const { code = '' } = error as { code?: string }
    if (in_trouble.test(code))
      return say(`database ${code}`, `The database is in trouble: ${firstLine(error)} (${code})`)
    if (!(error instanceof Error)) return say(String(error), String(error))
    const { name, stack = '' } = error
    // The same failure at the same place, whatever it says of the one thing that it was about.
    const place = /^ {4}at .*$/m.exec(stack)?.[0] ?? error.message
    say(`${name} ${code} ${place}`, `${name}: ${firstLine(error)}`, stack)
  }
  return Object.assign(report, { line: (text: string) => say(text, text) })
}

/** What PostgreSQL says when it answers and cannot work (a statement that took too long, a lock, its disk, a database that only reads). */
const in_trouble = /^(57014|55P03|58...|25006)$/

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
