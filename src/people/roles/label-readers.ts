import type { Label, Role } from '#ground/db/tables.ts'
import { type Kind, kindNames, labelOf, mayRead } from '#ground/rights/labels.ts'
import { type Person, roles } from '#ground/rights/person.ts'

/** The kinds of text that carry this label. */
export const kindsUnder = (label: Label): Kind[] => kindNames.filter((kind) => labelOf[kind] === label)

/** Each label with the roles that it lets read another institution's text, as `mayRead` itself answers. */
export const readersOf = (label: Label): Role[] =>
  roles.filter((role) => mayRead(someone(role), label, 'another institution'))

const someone = (role: Role): Person => ({
  id: '',
  name_ja: '',
  name_en: null,
  institution_id: 'own institution',
  roles: [role],
})
