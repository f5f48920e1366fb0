import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Uploads of a roster that somebody looks at before they are applied. */
  interface Tables {
    roster_upload: {
      id: Generated<string>
      file_name: string
      digest: string
      is_complete: boolean
      content: ColumnType<unknown, string, null>
      uploaded_by: string
      uploaded_at: Instant
      applied_at: MaybeInstant
    }
  }
}
