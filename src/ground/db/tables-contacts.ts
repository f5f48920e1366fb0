import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from './columns.ts'

type Once<T> = ColumnType<T, T, never>

/** How the directory is kept true: codes sent to addresses, quiet tests, and mails that came back. */
export interface ContactTables {
  address_code: {
    id: string
    contact_address_id: string
    institution_id: string
    /** Keyed with the program's secret: the code cannot be found by trying all of them. */
    code_hash: Buffer
    sent_by: string
    sent_at: Instant
    expires_at: Instant
    tries: Generated<number>
    ended_at: MaybeInstant
  }
  address_test: {
    id: Generated<string>
    scope: 'all' | 'untested' | 'chosen'
    addresses: Once<number>
    institutions: Once<number>
    started_by: string
    started_at: Instant
    idempotency_key: string
  }
  bounce: {
    id: Generated<string>
    letter_id: string | null
    delivery_id: string | null
    recipient: string
    finding: 'failed' | 'delayed' | 'other' | 'no_report' | 'unknown'
    status_code: string | null
    diagnostic: string | null
    received_at: Instant
  }
}
