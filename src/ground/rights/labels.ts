import type { Label } from '#ground/db/tables.ts'
import { may } from './may.ts'
import type { Person } from './person.ts'

export type { Label } from '#ground/db/tables.ts'

/** Strictest first. */
export const labels = ['red', 'amber_strict', 'amber', 'green', 'clear'] as const satisfies readonly Label[]

/** As it is written beside a text (TLP 2.0). */
export const labelNames: Record<Label, string> = {
  red: 'TLP:RED',
  amber_strict: 'TLP:AMBER+STRICT',
  amber: 'TLP:AMBER',
  green: 'TLP:GREEN',
  clear: 'TLP:CLEAR',
}

/**
 * Whether the label lets this person read a text of that institution.
 * clear, green: everyone who is signed in. amber: the institution, and who may see the whole directory or board.
 * amber_strict: the institution, and who may see every report. red: the institution and the desk.
 */
export function mayRead(person: Person, label: Label, institution_id: string | null): boolean {
  if (label === 'clear' || label === 'green') return may(person, 'situation.see')
  if (person.institution_id === institution_id) return true
  if (label === 'amber') return may(person, 'directory.see')
  if (label === 'amber_strict') return may(person, 'report.see-all')
  return person.roles.includes('secretariat')
}

/**
 * The label of every kind of text and field. A report, a situation, a round and an official notice carry their own, which
 * their author may set; for these it is what the form proposes.
 */
export const labelOf = {
  'institution.name': 'clear',
  'institution.entry': 'amber',
  'institution.site': 'amber_strict',
  contact: 'amber',
  call_tree: 'amber',
  situation: 'green',
  round: 'green',
  notice: 'green',
  delivery: 'amber_strict',
  report: 'amber_strict',
  board: 'amber_strict',
  'board.returned': 'amber',
  proposal: 'amber',
  criterion: 'green',
  telegram: 'clear',
  official_notice: 'green',
  publication: 'clear',
  trail: 'amber_strict',
  rights: 'amber_strict',
  pack: 'amber_strict',
  audience: 'amber',
  account: 'red',
} as const satisfies Record<string, Label>
