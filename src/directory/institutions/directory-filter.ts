import type { InstitutionKind, Membership } from '#ground/db/tables.ts'
import { memberships } from './membership.ts'
import { kinds } from './words.ts'

/** What of the directory is looked for; an empty word asks for nothing. */
export type DirectoryFilter = {
  q: string
  kind: InstitutionKind | ''
  membership: Membership | ''
  /** Code of a district association. */
  district: string
  /** Code of the authority that supervises. */
  supervisor: string
}

const code = /^[0-9A-Z-]{2,20}$/

/** Reads the query of an address; what nobody could have chosen is not asked for. */
export function readDirectoryFilter(query: (name: string) => string | undefined): DirectoryFilter {
  const codeOf = (name: string) => (code.test(query(name) ?? '') ? (query(name) ?? '') : '')
  return {
    q: (query('q') ?? '').replaceAll('\0', '').slice(0, 100),
    kind: kinds.find((kind) => kind === query('kind')) ?? '',
    membership: memberships.find((one) => one === query('membership')) ?? '',
    district: codeOf('district'),
    supervisor: codeOf('supervisor'),
  }
}
