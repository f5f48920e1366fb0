import type { Instant, MaybeInstant, Mode, Once } from '../columns.ts'

declare module '../tables.ts' {
  /** A closed situation that somebody wants open again. */
  interface Tables {
    reopening: {
      id: Once<string>
      situation_id: Once<string>
      mode: Once<Mode>
      reason: Once<string>
      text_ja: Once<string>
      text_en: Once<string>
      closed_at: Instant
      closed_by: Once<string | null>
      closing_reason: Once<string>
      asked_by: Once<string>
      asked_at: Instant
      decision: 'agreed' | 'dropped' | null
      decided_by: string | null
      decided_at: MaybeInstant
    }
  }
}
