import type { Language } from './language.ts'

/** The market's civil time: IANA zone, and the mark that every shown time carries. */
export const zone = 'Asia/Tokyo'
export const zone_mark = 'JST'

const civil = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

/** A page asks about its own moment once for each time on it. */
let asked_last = { ms: Number.NaN, day: Temporal.PlainDate.from('1970-01-01') }
function dayOf(now: Date): Temporal.PlainDate {
  const ms = now.getTime()
  if (ms !== asked_last.ms) asked_last = { ms, day: civil(now).toPlainDate() }
  return asked_last.day
}
const two = (figure: number) => String(figure).padStart(2, '0')
const weekdays = { ja: '月火水木金土日', en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] } as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

export type TimeShape = { with_date?: boolean; with_seconds?: boolean }

/** A moment in the market's zone: 「14:05 JST」; with its date unless that is the civil day of `now`, with its year unless that is the year of `now`. */
export function timeWords(
  language: Language,
  at: Date,
  now: Date,
  { with_date, with_seconds }: TimeShape = {},
): string {
  const moment = civil(at)
  const clock = `${two(moment.hour)}:${two(moment.minute)}${with_seconds ? `:${two(moment.second)}` : ''} ${zone_mark}`
  const today = moment.toPlainDate().equals(dayOf(now))
  return today && !with_date ? clock : `${dateWords(language, at, now)} ${clock}`
}

/** A civil day: 「11月20日（金）」, "Fri 20 Nov"; with its year unless that is the year of `now`. */
export function dateWords(language: Language, at: Date, now: Date): string {
  const { year, month, day, dayOfWeek } = civil(at)
  const thisYear = year === dayOf(now).year
  if (language === 'ja') return `${thisYear ? '' : `${year}年`}${month}月${day}日（${weekdays.ja[dayOfWeek - 1]}）`
  return `${weekdays.en[dayOfWeek - 1]} ${day} ${months[month - 1]}${thisYear ? '' : ` ${year}`}`
}

/** A moment as the value of an `<input type="datetime-local">`, in the market's zone: 2027-01-15T09:30. */
export const toCivilInput = (at: Date): string => civil(at).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** A moment for files and spreadsheets, to the second, with the market's offset: 2027-01-15T09:30:00+09:00. */
export const toCivilText = (at: Date): string => civil(at).toString({ smallestUnit: 'second', timeZoneName: 'never' })

/** The moment that a person meant by a `datetime-local` value, or null when it is none. */
export function fromCivilInput(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text)) return null
  try {
    return new Date(Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds)
  } catch {
    return null
  }
}
