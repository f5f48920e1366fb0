import type { Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Rounds in which institutions confirm their entries. */
  interface Tables {
    attestation: {
      id: Generated<string>
      text_ja: string
      text_en: string
      answer_by: Instant
      started_by: string
      started_at: Instant
      closed_at: MaybeInstant
      closed_by: string | null
      idempotency_key: string
    }
    attestation_asked: {
      attestation_id: string
      institution_id: string
      answer: 'confirmed' | 'corrected' | null
      answered_by: string | null
      answered_at: MaybeInstant
    }
    attestation_letters: {
      id: Generated<string>
      attestation_id: string
      step: 'start' | 'week' | 'day' | 'after' | 'hand'
      institutions: number
      letters: number
      queued_at: Instant
    }
  }
}
