import type { ColumnType, Generated } from 'kysely'
import type { Bytes, Instant, Json, MaybeInstant, Mode } from './columns.ts'

export type Role =
  | 'secretariat'
  | 'secretariat_approver'
  | 'bcp_contact'
  | 'institution_administrator'
  | 'council_member'
  | 'command_centre_member'
  | 'authority'
  | 'observer'
  | 'auditor'

/** TLP 2.0 (FIRST), strictest first. */
export type Label = 'red' | 'amber_strict' | 'amber' | 'green' | 'clear'

/** Who may do what, as whom, and what was done: the tables of access, sessions and trail. */
export interface AccessTables {
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
    method: Generated<'password' | 'passkey' | 'second_factor' | 'recovery_code' | 'invitation' | 'break_glass' | 'sso'>
  }
  credential: {
    id: Generated<string>
    person_id: string
    account_id: string
    provider_id: string
    password: string | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  role_grant: {
    id: Generated<string>
    person_id: string
    role: Role
    granted_at: Generated<Date>
    granted_by: string | null
    reason: Generated<string>
    confirmed_at: MaybeInstant
    confirmed_by: string | null
    removed_at: MaybeInstant
    removed_by: string | null
    removal_reason: string | null
  }
  setting: { name: string; value: ColumnType<unknown, string, string>; changed_by: string | null; changed_at: Instant }
  letter: {
    id: Generated<string>
    address: string
    subject: string
    body: string
    about: string
    label: Label
    purpose: string
    contact_address_id: string | null
    message_id: string
    state: Generated<'waiting' | 'sent' | 'perhaps' | 'failed' | 'bounced'>
    attempts: Generated<number>
    next_try_at: Instant
    answer: string | null
    queued_at: Instant
    sent_at: MaybeInstant
  }
  trail: {
    id: string
    at: Instant
    person_id: string | null
    who: string
    institution_id: string | null
    action: string
    about: string
    mode: Mode | null
    details: Json
    previous_hash: Bytes
    hash: Bytes
  }
}
