import type { Generated } from 'kysely'
import type { Instant } from './columns.ts'

/** Tries to prove who one is, and from where that succeeded. */
export interface AttemptTables {
  attempt: {
    id: Generated<string>
    purpose: string
    account: string | null
    address: string
    tried_at: Instant
    has_failed: Generated<boolean>
  }
  known_address: { account: string; address: string; succeeded_at: Instant }
  attempt_refusal: { purpose: string; who: string; told_until: Instant }
}
