import { zone } from '#ground/html/civil.ts'

export type Step = 'week' | 'day' | 'after'

const day_ms = 86_400_000
/** The hour of the market's day after the date at which those who are late are written to. */
const morning = 9

/**
 * The reminder that is due: seven days and one day before the date, and on the morning after it. Of several that were
 * missed only the last, none that had been due before the start, and none twice.
 */
export function stepDue(
  { started_at, answer_by, done }: { started_at: Date; answer_by: Date; done: ReadonlySet<string> },
  now: Date,
): Step | null {
  const moments: [Step, number][] = [
    ['after', morningAfter(answer_by)],
    ['day', answer_by.getTime() - day_ms],
    ['week', answer_by.getTime() - 7 * day_ms],
  ]
  const last = moments.find(([, moment]) => moment <= now.getTime())
  if (!last) return null
  const [step, moment] = last
  return moment > started_at.getTime() && !done.has(step) ? step : null
}

const morningAfter = (at: Date): number =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: zone, plainTime: { hour: morning } }).epochMilliseconds
