import type { ColumnType, Generated } from 'kysely'
import type { Instant, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** What the public was told. */
  interface Tables {
    publication: {
      id: Generated<string>
      number: number
      mode: Mode
      situation_id: string
      cap_kind: 'Alert' | 'Update' | 'Cancel'
      snapshot: ColumnType<unknown, string, never>
      institutions: Generated<string[]>
      published_by: string
      published_at: Instant
      idempotency_key: string
    }
  }
}
