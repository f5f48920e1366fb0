import type { ColumnType, Generated } from 'kysely'
import type { Bytes, Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Where people sign in with the account of their workplace, and what the program keeps on the way there and back. */
  interface Tables {
    sso_provider: {
      id: Generated<string>
      institution_id: string
      kind: 'oidc' | 'saml'
      domain: string
      issuer: string
      client_id: string | null
      entry_point: string | null
      certificates: Generated<string[]>
      is_active: Generated<boolean>
      tested_at: MaybeInstant
      test_result: string | null
      created_by: string
      created_at: Instant
      changed_by: string
      changed_at: Instant
      removed_at: MaybeInstant
    }
    sso_agreement: { provider_id: string; settings: string; agreed_by: string; agreed_at: Instant }
    sso_secret: { provider_id: string; sealed: Bytes }
    sso_subject: { provider_id: string; subject: string; person_id: string; bound_at: Instant }
    sso_request: {
      id: Generated<string>
      provider_id: string
      key_hash: Bytes
      state: string
      nonce: string
      endpoints: ColumnType<unknown, string | null, never>
      next: string
      answer: string | null
      expires_at: Instant
    }
    sso_verification: {
      id: string
      identifier: string
      value: string
      expires_at: Instant
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
  }
}
