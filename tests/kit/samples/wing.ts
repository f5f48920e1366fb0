import type { Role } from '#ground/db/tables.ts'
import { roles } from '#ground/rights/person.ts'
import type { Visitor } from '#simulate/index.ts'
import type { ShownPage } from '../shown-page.ts'
import type { FirmSample, MarketSample, Table } from './making.ts'

/** What the tests of the whole house expect of a wing. Each table, page and form of the program stands in one wing's file. */
export type Wing = Partial<{
  tables: Partial<Record<Table, TableSample>>
  /** Whose the things are that an address names, by the path before their id. */
  things: Record<string, Thing>
  /** What each role gets for asking for it. */
  pages: Record<string, Row>
  /** Who may send it: 403 without the right, something else with it. */
  forms: Record<string, readonly Role[] | 'anyone'>
  /** Pages about a thing of an institution: what each role gets for one's own and for another's. */
  own_pages: Record<string, Record<Whose, Record<Role, Code>>>
  /** Forms about a thing of an institution: who may send it about one's own and about another's. */
  own_forms: Record<string, Senders>
  /** The wing's own part of the story: what these two do, and the pages of things that come of it. */
  shown: (as: { desk: Visitor; contact: Visitor }) => Promise<ShownPage[]>
  /** Pages that the story does not open, lists as files aside: why, and where they are looked at instead. */
  unshown: Record<string, string>
}>

/**
 * What the market has one of, or each institution or its contact has one of; and what of the table a firm's contact sees.
 * Of a view its tables say that.
 */
export type TableSample = ({ one: MarketSample } | { each: FirmSample }) & { seen?: Seen }
export type Seen = 'nothing' | 'own' | 'addressed' | 'market'

/**
 * Of the market: asked for once, nobody's own. Or each institution's own, asked for by its people and by others, too.
 * A table stands for its sample; the BCP contact's is asked for, or that of the institution with the code `asked`.
 */
export type Thing = ({ market: Table | FirmSample } | { own: Table | FirmSample }) & { asked?: string }

export type Reader = Role | 'nobody'
export type Code = 200 | 303 | 403 | 404 | 409
/** What a reader gets: a page, the way to the sign-in or onward, no right, nothing, or that it is too late. */
export type Row = Record<Reader, Code>
export type Whose = 'own' | 'other'
/** `hidden`: who could, if it were theirs, and is not told that there is such a thing. */
export type Senders = Record<Whose, readonly Role[]> & { hidden?: readonly Role[] }

/** The roles that get one thing, when all others get another. */
export const only = (allowed: readonly Role[], otherwise: Code, code: Code = 200) =>
  Object.fromEntries(roles.map((role) => [role, allowed.includes(role) ? code : otherwise])) as Record<Role, Code>

export const everyone = (code: Code = 200): Row => ({ ...only(roles, code, code), nobody: code })
/** Others have no right, and are told so. */
export const readers = (...allowed: Role[]): Row => ({ ...only(allowed, 403), nobody: 303 })
/** Others are not told that there is such a thing. */
export const hidden = (...allowed: Role[]): Row => ({ ...only(allowed, 404), nobody: 303 })
/** Who is sent on from a page that has done its work. */
export const sent = (...allowed: Role[]): Row => ({ ...only(allowed, 403, 303), nobody: 303 })

export const desks = ['secretariat', 'secretariat_approver'] as const
export const overviewers = [...desks, 'command_centre_member', 'authority', 'auditor'] as const
/** The command centre's people have their eyes only while a situation is open. */
export const inPeacetime = overviewers.filter((role) => role !== 'command_centre_member')
/** Who speaks for an institution. */
export const members = ['bcp_contact', 'institution_administrator'] as const

export const all = readers(...roles)
export const desk = readers('secretariat')
export const desksAndAuditor = readers(...desks, 'auditor')
export const overview = readers(...overviewers)
export const overviewAndObserver = readers(...overviewers, 'observer')
