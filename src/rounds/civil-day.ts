import { zone } from '#html/civil.ts'

/** The day of a moment in the market's own calendar, as a column of type date holds it: 2027-01-15. */
export const civilDay = (at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString()
