import type { Generated } from 'kysely'
import type { MaybeInstant } from '../columns.ts'

export type Role =
  | 'secretariat'
  | 'secretariat_approver'
  | 'bcp_contact'
  | 'institution_administrator'
  | 'council_member'
  | 'command_centre_member'
  | 'authority'
  | 'local_authority'
  | 'observer'
  | 'auditor'

declare module '../tables.ts' {
  /** Who may do what, as whom, since and until when. */
  interface Tables {
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
  }
}
