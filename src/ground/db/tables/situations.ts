import type { Generated } from 'kysely'
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
      recovery_minutes: Generated<number>
      update_minutes: Generated<number>
      phase: Generated<'emergency' | 'recovery'>
      proposal_id: string | null
      criterion_id: string | null
      criterion_version: number | null
      reason: string
      opened_by: string
      opened_at: Instant
      idempotency_key: Generated<string>
      returned_at: MaybeInstant
      returned_by: string | null
      closed_at: MaybeInstant
      closed_by: string | null
      closing_reason: string | null
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
