import type { Generated } from 'kysely'
import type { Instant, MaybeInstant } from './columns.ts'

/** Keeping the directory true: rounds of attestation, and contacts that two institutions exchange. */
export interface CareTables {
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
  contact_exchange: {
    id: Generated<string>
    proposing_id: string
    answering_id: string
    reason: string
    proposed_by: string
    proposed_at: Instant
    agreed_by: string | null
    agreed_at: MaybeInstant
    proposing_confirmed_at: Instant
    answering_confirmed_at: MaybeInstant
    ended_by: string | null
    ended_side_id: string | null
    ended_at: MaybeInstant
    ending_reason: string | null
  }
}
