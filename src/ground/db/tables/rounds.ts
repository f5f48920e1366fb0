import type { ColumnType, Generated } from 'kysely'
import type { Instant, Label, MaybeInstant, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** Asking all institutions how they stand, until it is closed. */
  interface Tables {
    round: {
      id: Generated<string>
      label: Generated<Label>
      situation_id: string
      mode: Mode
      text_ja: string
      text_en: string
      answer_by: Instant
      asked_by: string
      asked_at: Instant
      idempotency_key: string
      /** As somebody said it (Audience of the audience slice). */
      audience: ColumnType<unknown, string, never>
      repeat_minutes: number | null
      answer_minutes: number | null
      next_repeat_at: MaybeInstant
      closed_at: MaybeInstant
      /** Null with closed_at: it closed by itself. */
      closed_by: string | null
      summary: ColumnType<unknown, string | null, string | null>
    }
  }
}
