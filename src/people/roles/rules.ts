import type { InstitutionKind, Role } from '#ground/db/tables.ts'
import { may } from '#ground/rights/may.ts'
import { type Person, roles, scopeOf } from '#ground/rights/person.ts'
import { changesThings } from './act-groups.ts'

/** Why a role is not granted, not ended, or an account not ended; the page says it in words. */
export type Refusal =
  | 'self'
  | 'left'
  | 'desk'
  | 'authority'
  | 'bureau'
  | 'local_authority'
  | 'auditor'
  | 'last_secretariat'
  | 'last_administrator'

/** Whose role it is: as much of an account as the rules ask. */
export type Account = {
  id: string
  institution_kind: InstitutionKind
  /** Of a regulator: it is a part of another one, such as a local finance bureau. */
  is_bureau: boolean
  left_at: Date | null
  roles: readonly Role[]
}

/** The roles that this person may give and take: all, or those of an institution. */
export const rolesInHandOf = (by: Person): Role[] =>
  roles.filter((role) => may(by, 'role.grant') || (may(by, 'role.grant-own') && scopeOf[role] === 'institution'))

/**
 * Nobody grants to themselves; who has left gets nothing; the desk's roles are for people of the association, an authority
 * is the regulator's or the central bank's; and who audits does nothing that would be audited.
 */
export function refusalOfGrant(by: { id: string }, to: Account, role: Role): Refusal | null {
  if (by.id === to.id) return 'self'
  if (to.left_at) return 'left'
  if (scopeOf[role] === 'desk' && to.institution_kind !== 'association') return 'desk'
  if (role === 'authority' && !['regulator', 'central_bank'].includes(to.institution_kind)) return 'authority'
  // What a bureau does not supervise is not its own to read.
  if (role === 'authority' && to.is_bureau) return 'bureau'
  if (role === 'local_authority' && to.institution_kind !== 'regulator') return 'local_authority'
  const others = to.roles.filter((each) => each !== role)
  if (role === 'auditor' && others.some(changesThings)) return 'auditor'
  if (others.includes('auditor') && changesThings(role)) return 'auditor'
  return null
}

/** How many people hold the role now: the secretariat's in all, an administrator's in the institution. */
export type Held = { secretariat: number; administrators: number }

/** Somebody must be left at the desk; the last administrator of an institution goes only through the secretariat. */
export function refusalOfEnd(by: Person, of: Account, ended: readonly Role[], held: Held): Refusal | null {
  if (ended.includes('secretariat') && held.secretariat <= 1) return 'last_secretariat'
  const is_last = ended.includes('institution_administrator') && held.administrators <= 1
  return is_last && by.id === of.id && !may(by, 'role.grant') ? 'last_administrator' : null
}
