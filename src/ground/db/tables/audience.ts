import type { ColumnType } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Groups of institutions that are addressed together. */
  interface Tables {
    audience_group: {
      id: string
      version: number
      name_ja: string
      name_en: string
      /** What src/telling/audience calls an audience. */
      audience: ColumnType<unknown, string, string>
      made_by: string
      made_at: Instant
      removed_at: MaybeInstant
    }
    /** The newest version of each, in use or not any more. */
    audience_group_now: Tables['audience_group']
  }
}
