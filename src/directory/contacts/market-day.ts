import holiday_jp from '@holiday-jp/holiday_jp'
import type { Hours } from '#ground/db/tables.ts'
import { zone } from '#ground/html/civil.ts'

/** National holidays, as far as they are known: `to` is the last day that the table speaks of. */
export type Holidays = { has(day: string): boolean; to: string }

const table: Readonly<Record<string, unknown>> = holiday_jp.holidays

/** Holidays of Japan by the law on national holidays, with days in lieu and the days between two of them. */
export const nationalHolidays: Holidays = {
  has: (day) => Object.hasOwn(table, day),
  to: `${Object.keys(table).toSorted().at(-1)?.slice(0, 4)}-12-31`,
}

/**
 * A day on which the market trades: Monday to Friday, no national holiday, and not 31 December to 3 January, when the
 * exchanges rest.
 */
export function isMarketDay(day: Temporal.PlainDate, holidays: Holidays = nationalHolidays): boolean {
  if (day.dayOfWeek >= 6 || holidays.has(day.toString())) return false
  return !((day.month === 12 && day.day === 31) || (day.month === 1 && day.day <= 3))
}

/** Business hours of a market day: from a quarter of an hour before the session of 09:00 until offices close. A choice of this program. */
export const opens = Temporal.PlainTime.from('08:45')
export const closes = Temporal.PlainTime.from('17:15')

/** A stretch of civil time in which one kind of hours holds. */
export type Span = { from: Date; to: Date; hours: Hours }

/** Which hours a moment falls into. A day without a market is holiday for all of its 24 hours. */
export function hoursAt(at: Date, holidays: Holidays = nationalHolidays): Hours {
  const civil = civilOf(at)
  if (!isMarketDay(civil.toPlainDate(), holidays)) return 'holiday'
  const time = civil.toPlainTime()
  const is_open = Temporal.PlainTime.compare(time, opens) >= 0 && Temporal.PlainTime.compare(time, closes) < 0
  return is_open ? 'business' : 'night'
}

/** The hours from `from` on, for so many times 24 hours, without a gap; neighbours of the same kind are one. */
export function hoursFrom(from: Date, days: number, holidays: Holidays = nationalHolidays): Span[] {
  const end = new Date(from.getTime() + days * 86_400_000)
  const spans: Span[] = []
  for (let day = civilOf(from).toPlainDate(); startOf(day) < end; day = day.add({ days: 1 }))
    for (const span of hoursOf(day, holidays)) {
      const start = span.from < from ? from : span.from
      const to = span.to > end ? end : span.to
      if (start >= to) continue
      const last = spans.at(-1)
      if (last?.hours === span.hours) last.to = to
      else spans.push({ from: start, to, hours: span.hours })
    }
  return spans
}

function hoursOf(day: Temporal.PlainDate, holidays: Holidays): Span[] {
  const [from, to] = [startOf(day), startOf(day.add({ days: 1 }))]
  if (!isMarketDay(day, holidays)) return [{ from, to, hours: 'holiday' }]
  const [opening, closing] = [startOf(day, opens), startOf(day, closes)]
  return [
    { from, to: opening, hours: 'night' },
    { from: opening, to: closing, hours: 'business' },
    { from: closing, to, hours: 'night' },
  ]
}

const civilOf = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
const startOf = (day: Temporal.PlainDate, plainTime = new Temporal.PlainTime()) =>
  new Date(day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
