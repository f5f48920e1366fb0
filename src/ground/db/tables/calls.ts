import type { Generated } from 'kysely'
import type { Instant, Once } from '../columns.ts'

declare module '../tables.ts' {
  /** Who is ringing whom, and what came of it. */
  interface Tables {
    call: {
      id: Generated<string>
      receipt_id: Once<string>
      institution_id: Once<string>
      recipient_id: Once<string | null>
      outcome: Once<'reached' | 'left_message' | 'no_answer' | 'busy' | 'wrong_number'>
      note: Generated<string>
      called_by: Once<string>
      called_at: Instant
      idempotency_key: Once<string>
    }
    call_claim: { receipt_id: string; claimed_by: string; claimed_until: Instant }
  }
}
