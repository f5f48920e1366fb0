import type { Duty, FunctionCode, Hours, InstitutionKind, Market, Means, Membership } from '#ground/db/tables.ts'
import type { RosterLine } from './roster-line.ts'

/** The sites that a roster has columns for, in their order. Branches are kept by hand. */
export const siteKinds = ['head_office', 'data_centre', 'backup_data_centre', 'alternate_office'] as const
export type SiteKind = (typeof siteKinds)[number]
export type Place = { address: string; area_code: string }

/** The means of a contact that a roster has columns for, in the order in which new ones are tried. */
export const fileMeans = ['mail', 'mobile', 'phone', 'priority_phone', 'satellite', 'fax'] as const
export type FileMeans = (typeof fileMeans)[number]
export const spoken: readonly Means[] = ['mobile', 'phone', 'priority_phone', 'satellite']
export type Way = { address: string; extension: string }

/** One institution as a file says it is. undefined: the file does not say, and what is known stays. null, '': it has none. */
export type InstitutionLine = {
  line: number
  code: string
  kind: InstitutionKind
  name_ja: string
  name_en: string
  markets: Market[]
  functions: FunctionCode[]
  reading?: string | undefined
  lei?: string | null | undefined
  mic?: string | null | undefined
  parent_code?: string | null | undefined
  membership?: Membership | undefined
  /** As it is written: the code of a district association, or its name. */
  district?: string | null | undefined
  registration_kind?: string | null | undefined
  registration_number?: string | null | undefined
  supervisor_code?: string | null | undefined
  is_asked?: boolean | undefined
  sites: Partial<Record<SiteKind, Place | null>>
  active_from?: string | undefined
  active_to?: string | null | undefined
}

/** One contact as a file says they are; undefined as above. */
export type ContactLine = {
  line: number
  institution_code: string
  rank: number
  name_ja: string
  name_en?: string | null | undefined
  reading?: string | undefined
  title?: string | undefined
  duties?: Duty[] | undefined
  hours?: Hours[] | undefined
  first_responder?: ('night' | 'holiday')[] | undefined
  /** Who passes the call on to them, by institution and place; the institution of the line when null. */
  called_by?: { code: string; rank: number } | null | undefined
  ways: Partial<Record<FileMeans, Way[]>>
  /** A compact roster knows one number, whatever its means. */
  number?: Way | undefined
}

/** What a file says. null: it has no such table. */
export type Upload = {
  institutions: InstitutionLine[] | null
  contacts: ContactLine[] | null
  /** A compact roster names the primary contact and the deputy of an institution completely, and nobody else. */
  is_compact: boolean
}

/** A compact roster in the form of the two tables. */
export function fromCompact(lines: RosterLine[]): Upload {
  return {
    is_compact: true,
    institutions: lines.map(({ contacts: _, sites, ...line }) => ({
      ...line,
      sites: Object.fromEntries(sites.map(({ kind, ...place }) => [kind, place])),
      active_to: null,
    })),
    contacts: lines.flatMap(({ line, code, contacts }) =>
      contacts.map(({ rank, name_ja, name_en, mail, phone }) => ({
        line,
        institution_code: code,
        rank,
        name_ja,
        // An empty English name says nothing: the one we have is kept.
        name_en: name_en ?? undefined,
        ways: { mail: [{ address: mail, extension: '' }] },
        number: phone === null ? undefined : wayOf(phone),
      })),
    ),
  }
}

/** A number as `writePhone` wrote it. */
export function wayOf(written: string): Way {
  const [address = '', extension = ''] = written.split(';ext=')
  return { address, extension }
}
