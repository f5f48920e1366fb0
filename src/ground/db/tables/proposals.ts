import type { ColumnType, Generated } from 'kysely'
import type { Instant, Json, MaybeInstant, Mode } from '../columns.ts'

export type Hazard =
  | 'earthquake'
  | 'tsunami'
  | 'weather'
  | 'volcano'
  | 'terror'
  | 'system_failure'
  | 'cyber'
  | 'epidemic'
  | 'other'

declare module '../tables.ts' {
  /** When a command centre is proposed, and what was decided. */
  interface Tables {
    criterion: {
      id: string
      version: number
      name_ja: string
      name_en: string
      basis: 'S0-59' | 'S0-60' | 'S0-61'
      rule: Json
      is_active: boolean
      reason: string
      made_by: string | null
      made_at: Instant
    }
    /** The newest version of each. */
    criterion_now: Tables['criterion']
    proposal: {
      id: Generated<string>
      event_key: string
      mode: Mode
      occurrence: Generated<number>
      hazard: Hazard
      event_at: Instant
      title_ja: string
      title_en: string
      matches: ColumnType<unknown, string, string>
      proposed_at: Instant
      evaluated_at: Instant
      change_ja: string | null
      change_en: string | null
      withdrawn_at: MaybeInstant
      decision: 'opened' | 'gathering' | 'set_aside' | 'joined' | null
      /** The situation at work that it was joined to. */
      joined_id: string | null
      decided_by: string | null
      decided_at: MaybeInstant
      reason: string | null
    }
  }
}
