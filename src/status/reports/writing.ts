import { z } from 'zod'

/** A report that waited longer than this for a connection is old news: it is not filed as it stands. */
export const waiting_ms_max = 24 * 3600_000
/** How far ahead of ours the clock may run by which a report was written. */
const ahead_ms_max = 2 * 60_000

/** What a form says of its own writing. What it does not say is not checked. */
export type Writing = {
  /** When it was written, if it had to wait for a connection. */
  written_at?: Date | undefined
  /** Who wrote it, if it had to wait: the session may be another's by now. */
  written_by?: string | undefined
  /** The newest report of the institution when the form was opened; null: there was none. */
  written_upon?: string | null | undefined
}

const Fields = z.object({
  written_at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  written_by: z.uuid().optional(),
  written_upon: z
    .literal('')
    .transform(() => null)
    .or(z.uuid())
    .optional(),
})

/** Reads the hidden fields of a report; null when something else than a page has written into them. */
export function readWriting(values: Record<string, string>): Writing | null {
  const read = Fields.safeParse(values)
  return read.success ? read.data : null
}

/** Whether a report written then may be filed at `at`. */
export function judgeWritten(written_at: Date | undefined, at: Date): 'too_old' | 'ahead' | null {
  if (!written_at) return null
  const age_ms = at.getTime() - written_at.getTime()
  if (age_ms > waiting_ms_max) return 'too_old'
  return age_ms < -ahead_ms_max ? 'ahead' : null
}
