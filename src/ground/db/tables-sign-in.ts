import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from './columns.ts'

/** What proves who someone is, besides a password. */
export interface SignInTables {
  passkey: {
    id: Generated<string>
    person_id: string
    name: string
    credential_id: string
    public_key: string
    counter: number
    device_type: string
    backed_up: boolean
    transports: string | null
    aaguid: string | null
    created_at: Generated<Date>
    last_used_at: MaybeInstant
  }
  two_factor: {
    id: Generated<string>
    person_id: string
    secret: string
    backup_codes: string
    verified: Generated<boolean>
    failed_verification_count: Generated<number>
    locked_until: MaybeInstant
    recovery_salt: string | null
    last_step: ColumnType<string | null, string | number | null | undefined, string | number | null>
  }
  /** What better-auth waits for: the answer to a challenge, a second factor. */
  verification: { id: Generated<string>; identifier: string; value: string; expires_at: Instant }
}
