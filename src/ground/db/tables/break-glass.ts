import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Codes on paper for the day on which nothing else works. */
  interface Tables {
    break_glass_set: {
      id: Generated<string>
      number: ColumnType<number, never, never>
      sealed_by: string
      sealed_at: Instant
      voided_at: MaybeInstant
      idempotency_key: string
    }
    break_glass_code: {
      set_id: string
      number: number
      code_hash: string
      used_at: MaybeInstant
      used_by: string | null
      used_mode: 'actual' | 'exercise' | null
      reason: string | null
    }
    break_glass_miss: { id: Generated<string>; at: Instant }
  }
}
