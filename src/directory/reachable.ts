import holidays from '@holiday-jp/holiday_jp'
import type { Hours } from '#db/tables.ts'
import { zone } from '#html/civil.ts'

/** The market's working hours, in minutes of the day. */
const opens = 8 * 60 + 45
const closes = 17 * 60 + 15

/** Which part of the market's week a moment is in: business days by day, at night, or a day without business (weekends, holidays, 12/31 to 1/3). */
export function hoursAt(at: Date): Hours {
  const moment = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  const day = moment.toPlainDate().toString()
  const turnOfYear = ['12-31', '01-01', '01-02', '01-03'].includes(day.slice(5))
  if (moment.dayOfWeek > 5 || turnOfYear || holidays.isHoliday(day)) return 'holiday'
  const minute = moment.hour * 60 + moment.minute
  return minute >= opens && minute < closes ? 'business' : 'night'
}

/** Whether this contact has said that they can be reached at such a moment. */
export const reachableNow = ({ hours }: { hours: readonly Hours[] }, at: Date): boolean => hours.includes(hoursAt(at))
