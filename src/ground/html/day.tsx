import { dateWords, fromCivilInput, toCivilInput } from './civil.ts'
import { inBoth, type Language } from './language.ts'
import { useReading } from './render.tsx'

/** The civil day of the market at this moment: 2027-01-15. */
export const dayAt = (at: Date): string => toCivilInput(at).slice(0, 10)

/** When the civil day of the market that this moment is in is over. */
export function dayEnd(at: Date): Date {
  const tomorrow = Temporal.PlainDate.from(dayAt(at)).add({ days: 1 })
  return fromCivilInput(`${tomorrow}T00:00`)!
}

/** How many days lie between two civil days; less than nought when the second is the earlier. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days

const words = inBoth({
  ja: {
    over: (days: number) => `${days}日超過`,
    today: '今日まで',
    left: (days: number) => `あと${days}日`,
  },
  en: {
    over: (days: number) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
    today: 'due today',
    left: (days: number) => (days === 1 ? '1 day left' : `${days} days left`),
  },
})

/** How many days are left until the end of a civil day, or by how many it has passed. */
export function dueWords(language: Language, due_on: string, now: Date): string {
  const days = daysBetween(dayAt(now), due_on)
  const say = words[language]
  return days < 0 ? say.over(-days) : days === 0 ? say.today : say.left(days)
}

/** A civil day in words, as `dateWords` has it. */
export const dayWords = (language: Language, day: string, now: Date): string =>
  dateWords(language, fromCivilInput(`${day}T00:00`)!, now)

/** A civil day: 「1月15日（金）」. */
export function Day({ on }: { on: string }) {
  const { language, now } = useReading()
  return (
    <time className="dads-time" dateTime={on}>
      {dayWords(language, on, now)}
    </time>
  )
}
