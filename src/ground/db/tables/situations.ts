import type { ColumnType, Generated } from 'kysely'
import type { Instant, Label, MaybeInstant, Mode } from '../columns.ts'
import type { Hazard } from './proposals.ts'

declare module '../tables.ts' {
  /** What the market is in the middle of. */
  interface Tables {
    situation: {
      id: Generated<string>
      label: Generated<Label>
      number: Generated<string>
      mode: Mode
      hazard: Hazard
      title_ja: string
      title_en: string
      text_ja: string
      text_en: string
      event_at: Instant
      /** Null: nobody has set an objective. */
      recovery_minutes: number | null
      update_minutes: Generated<number>
      phase: Generated<'emergency' | 'recovery'>
      proposal_id: string | null
      criterion_id: string | null
      criterion_version: number | null
      reason: string
      reason_code: string | null
      /** Whom a gathering asks; null: the whole market. */
      audience: ColumnType<unknown, string | null, never>
      /** When a command centre was first set up in it; null: it gathers information. */
      centre_set_up_at: MaybeInstant
      /** Since when there is none any more. */
      centre_dissolved_at: MaybeInstant
      opened_by: string
      opened_at: Instant
      idempotency_key: Generated<string>
      returned_at: MaybeInstant
      returned_by: string | null
      closed_at: MaybeInstant
      closed_by: string | null
      closing_reason: string | null
    }
    /** Every change of a situation's command centre. */
    command_centre_act: {
      id: Generated<string>
      number: Generated<string>
      situation_id: string
      mode: Mode
      act: 'set_up' | 'dissolved' | 'restored'
      is_with_closing: Generated<boolean>
      reason: string
      reason_code: string | null
      criterion_id: string | null
      criterion_version: number | null
      done_by: string
      done_at: Instant
    }
    situation_change: {
      id: Generated<string>
      situation_id: string
      mode: Mode
      proposal_id: string
      telegram_id: string | null
      said_ja: string
      said_en: string
      title_ja: string | null
      title_en: string | null
      is_met: boolean
      heard_at: Instant
      reviewed_by: string | null
      reviewed_at: MaybeInstant
    }
  }
}
