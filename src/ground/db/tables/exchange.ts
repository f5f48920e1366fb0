import type { Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Contacts that two institutions let each other see. */
  interface Tables {
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
}
