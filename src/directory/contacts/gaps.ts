import type { Hours } from '#ground/db/tables.ts'
import { type Holidays, hoursAt, hoursFrom, nationalHolidays, type Span } from './market-day.ts'

/** What of a contact decides whether anybody can be reached: when, and whether some address still takes something. */
export type Reachable = {
  hours: readonly Hours[]
  first_responder: readonly ('night' | 'holiday')[]
  addresses: readonly { quarantined_at: Date | null }[]
}

export type Gaps = {
  /** When nobody of the institution can be reached, in order. */
  spans: Span[]
  /** For which hours nobody is named to come at once (S2-18). */
  without_first_responder: ('night' | 'holiday')[]
  /** True when days were asked for that the table of holidays does not know: they count as days of work. */
  beyond_table: boolean
}

export const gap_days = 7

/** The coming days, cut into hours; worked out once, however many rosters are held against it. */
export type Week = { spans: Span[]; beyond_table: boolean }

export function weekFrom(from: Date, days = gap_days, holidays: Holidays = nationalHolidays): Week {
  const end = new Date(from.getTime() + days * 86_400_000 - 1)
  return { spans: hoursFrom(from, days, holidays), beyond_table: lastDay(end) > holidays.to }
}

/** Where the roster of an institution has holes in the coming days. Who has no usable address counts as not there. */
export const gapsOf = (
  contacts: readonly Reachable[],
  from: Date,
  days = gap_days,
  holidays: Holidays = nationalHolidays,
): Gaps => gapsIn(weekFrom(from, days, holidays), contacts)

/** The same for a week that is known already. */
export function gapsIn({ spans, beyond_table }: Week, contacts: readonly Reachable[]): Gaps {
  const usable = contacts.filter(isUsable)
  const covered = new Set(usable.flatMap(({ hours }) => hours))
  const responding = new Set(usable.flatMap(({ first_responder }) => first_responder))
  return {
    spans: spans.filter(({ hours }) => !covered.has(hours)),
    without_first_responder: (['night', 'holiday'] as const).filter((hours) => !responding.has(hours)),
    beyond_table,
  }
}

export const hasGaps = ({ spans, without_first_responder }: Gaps) => spans.length + without_first_responder.length > 0

/** Whether this contact says to be reachable at that moment and has an address that still takes something. */
export const reachableNow = (contact: Reachable, at: Date, holidays: Holidays = nationalHolidays): boolean =>
  isUsable(contact) && contact.hours.includes(hoursAt(at, holidays))

/** Whether this contact comes at once at that moment: a named first responder at night and on holidays. */
export function respondsFirst(contact: Reachable, at: Date, holidays: Holidays = nationalHolidays): boolean {
  const hours = hoursAt(at, holidays)
  return hours !== 'business' && isUsable(contact) && contact.first_responder.includes(hours)
}

const isUsable = ({ addresses }: Reachable) => addresses.some(({ quarantined_at }) => quarantined_at === null)

// Japan is nine hours ahead, all year.
const lastDay = (at: Date) => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
