import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

/** Groups of institutions that are addressed together. */
export interface AudienceTables {
  audience_group: {
    id: string
    name_ja: string
    name_en: string
    /** What src/telling/audience calls an audience. */
    audience: ColumnType<unknown, string, string>
    version: Generated<number>
    made_by: string
    made_at: Instant
    changed_by: string
    changed_at: Instant
    removed_by: string | null
    removed_at: MaybeInstant
  }
}
