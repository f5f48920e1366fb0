import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** What proves who someone is, their sessions, and tries to prove it. */
  interface Tables {
    person: {
      id: Generated<string>
      name_ja: string
      name_en: string | null
      email: string
      email_verified: Generated<boolean>
      image: string | null
      institution_id: string
      is_demo: Generated<boolean>
      created_at: Generated<Date>
      updated_at: Generated<Date>
      left_at: MaybeInstant
      left_reason: string | null
      two_factor_enabled: Generated<boolean>
    }
    session: {
      id: Generated<string>
      person_id: string
      token: string
      expires_at: Instant
      ip_address: string | null
      user_agent: string | null
      created_at: Generated<Date>
      updated_at: Generated<Date>
      started_at: MaybeInstant
      seen_at: MaybeInstant
      confirmed_at: MaybeInstant
      method: Generated<
        'password' | 'passkey' | 'second_factor' | 'recovery_code' | 'invitation' | 'break_glass' | 'sso'
      >
    }
    credential: {
      id: Generated<string>
      person_id: string
      account_id: string
      provider_id: string
      /** These six are the library's; we use none of them. */
      access_token: string | null
      refresh_token: string | null
      id_token: string | null
      access_token_expires_at: MaybeInstant
      refresh_token_expires_at: MaybeInstant
      scope: string | null
      password: string | null
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
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
    verification: {
      id: Generated<string>
      identifier: string
      value: string
      expires_at: Instant
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
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
    refusal_window: { who: string; since: Instant; lines: Generated<number>; more: Generated<number> }
  }
}
