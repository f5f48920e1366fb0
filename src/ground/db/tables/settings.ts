import type { ColumnType } from 'kysely'
import type { Instant } from '../columns.ts'

declare module '../tables.ts' {
  /** What the secretariat has set. */
  interface Tables {
    setting: {
      name: string
      value: ColumnType<unknown, string, string>
      changed_by: string | null
      changed_at: Instant
    }
  }
}
