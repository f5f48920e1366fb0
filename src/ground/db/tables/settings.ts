import type { ColumnType } from 'kysely'
import type { Instant } from '../columns.ts'

/** What the secretariat has set. */
export interface SettingsTables {
  setting: { name: string; value: ColumnType<unknown, string, string>; changed_by: string | null; changed_at: Instant }
}
