import type { Role } from '#ground/db/tables.ts'

export type { Role } from '#ground/db/tables.ts'

/** Every role, those who run the market's desk first. */
export const roles = [
  'secretariat',
  'secretariat_approver',
  'bcp_contact',
  'institution_administrator',
  'council_member',
  'command_centre_member',
  'authority',
  'local_authority',
  'observer',
  'auditor',
] as const satisfies readonly Role[]

/** Those of the association who run the market's desk. */
export const deskRoles = ['secretariat', 'secretariat_approver'] as const satisfies readonly Role[]

/** What a role is held in: the association's desk, the person's own institution, or a body of the market. */
export const scopeOf: Record<Role, 'desk' | 'institution' | 'council' | 'command_centre' | 'outside'> = {
  secretariat: 'desk',
  secretariat_approver: 'desk',
  bcp_contact: 'institution',
  institution_administrator: 'institution',
  council_member: 'council',
  command_centre_member: 'command_centre',
  authority: 'outside',
  local_authority: 'outside',
  observer: 'outside',
  auditor: 'desk',
}

/** Someone who is signed in: who they are, for which institution, and what they may do now. */
export type Person = {
  id: string
  name_ja: string
  name_en: string | null
  institution_id: string
  roles: readonly Role[]
}
