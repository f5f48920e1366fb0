import type { Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'
import type { Role } from './roles.ts'

declare module '../tables.ts' {
  /** How people come in, and come back in with the help of two others. */
  interface Tables {
    invitation: {
      id: Generated<string>
      kind: Generated<'invitation' | 'recovery'>
      institution_id: string
      name_ja: string
      name_en: string | null
      email: string
      roles: Role[]
      reason: string
      contact_id: string | null
      person_id: string | null
      invited_by: string | null
      invited_at: Instant
      code_hash: string
      expires_at: Instant
      tries: Generated<number>
      accepted_at: MaybeInstant
      ended_at: MaybeInstant
      ended_how: 'done' | 'withdrawn' | 'tries' | 'lapsed' | null
      ended_by: string | null
      idempotency_key: string
    }
    /** Roles of the desk that one asked for and another agrees to; agreed without somebody: there was no other. */
    desk_entry: {
      id: string
      person_id: string | null
      invitation_id: string | null
      roles: Role[]
      reason: string
      asked_by: string
      asked_at: Instant
      agreed_by: string | null
      agreed_at: MaybeInstant
      refused_by: string | null
      refused_at: MaybeInstant
    }
    recovery: {
      id: Generated<string>
      person_id: string
      reason: string
      identity_check: string
      requested_by: string
      requested_at: Instant
      expires_at: Instant
      approved_by: string | null
      approved_at: MaybeInstant
      invitation_id: string | null
      withdrawn_by: string | null
      withdrawn_at: MaybeInstant
      idempotency_key: string
    }
  }
}
