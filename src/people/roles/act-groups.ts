import type { Role } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'
import { type Act, acts, rolesOf } from '#ground/rights/may.ts'

/** What an act is: reading (taking a copy along included), changing something of the market, or of the own institution. */
export const groups = ['see', 'do', 'own'] as const
export type Group = (typeof groups)[number]

/** Acts whose name does not say which they are. */
const exceptions: Partial<Record<Act, Group>> = {
  'directory.export': 'see',
  'trail.export': 'see',
  'pack.take': 'see',
  'report.file': 'own',
}
export const groupOf = (act: Act): Group =>
  exceptions[act] ?? (act.endsWith('-own') ? 'own' : /\.(see(-[a-z]+)?|read)$/.test(act) ? 'see' : 'do')

/** What a role may do, by group. */
export const actsOf = (role: Role, group: Group): Act[] =>
  acts.filter((act) => groupOf(act) === group && rolesOf(act).includes(role))

/** True for a role that may do more than read, and say something about what it reads. */
export const changesThings = (role: Role): boolean =>
  [...actsOf(role, 'do'), ...actsOf(role, 'own')].some((act) => !act.endsWith('.comment'))

export const groupWords = inBoth<Record<Group, string>>({
  ja: { see: '見る', do: '行う', own: '自機関について行う' },
  en: { see: 'May see', do: 'May do', own: 'For the own institution' },
})
