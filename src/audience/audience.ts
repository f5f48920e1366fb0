import type { InstitutionKind, Market } from '#db/tables.ts'

/** Bodies whose members can be addressed together: everyone's institution that has a person in that role. */
export const bodies = ['council', 'command_centre', 'authorities'] as const
export type Body = (typeof bodies)[number]

/**
 * Whom a notice is for, as somebody said it. An institution belongs to it when it is active and `everyone` is true, or any of the lists
 * holds for it, and it is not in `without`. Kept as JSON with the notice; who that is, is stamped at release.
 */
export type Audience = {
  everyone: boolean
  kinds: InstitutionKind[]
  markets: Market[]
  bodies: Body[]
  /** Areas (細分区域, 3 digits) in which an institution has a site. */
  areas: string[]
  /** Ids of saved groups. */
  groups: string[]
  /** Ids of single institutions. */
  institutions: string[]
  without: string[]
}

export const nobody: Audience = {
  everyone: false,
  kinds: [],
  markets: [],
  bodies: [],
  areas: [],
  groups: [],
  institutions: [],
  without: [],
}
