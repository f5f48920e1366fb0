import { ageWords, untilWords } from './age.ts'
import { Brackets } from './brackets.tsx'
import { type TimeShape, timeWords } from './civil.ts'
import { useReading } from './render.tsx'

/** A moment in the market's zone, with its date unless it is today. */
export function Time({ at, ...shape }: { at: Date } & TimeShape) {
  const { language, now } = useReading()
  return (
    <time className="dads-time" dateTime={momentOf(at)}>
      {timeWords(language, at, now, shape)}
    </time>
  )
}

/** `beside`: its time stands beside it, so that paper, on which an age would soon be false, needs nothing in its place. */
type Counting = { at: Date; beside?: boolean }

/** How long ago: 「3分前」. A script counts on while the page stays open; on paper the time itself. */
export function Age({ at, beside }: Counting) {
  const { language, now } = useReading()
  return (
    <time
      className="dads-time"
      dateTime={momentOf(at)}
      data-at={beside ? undefined : timeWords(language, at, now)}
      data-counts="age"
    >
      {ageWords(language, at.getTime(), now.getTime())}
    </time>
  )
}

/** How long is left: 「あと25分」, or by how much it is overdue: 「25分超過」; on paper the time itself. */
export function Until({ at, beside }: Counting) {
  const { language, now } = useReading()
  return (
    <time
      className="dads-time"
      dateTime={momentOf(at)}
      data-at={beside ? undefined : timeWords(language, at, now)}
      data-counts="until"
    >
      {untilWords(language, at.getTime(), now.getTime())}
    </time>
  )
}

/** An age in brackets behind its time: 11:55 JST（3分前）. Paper has the time alone. */
export const AgeBeside = ({ at }: { at: Date }) => (
  <span className="dads-screen-only">
    <Brackets>
      <Age at={at} beside />
    </Brackets>
  </span>
)

/** What is left until a time, in brackets behind it. */
export const UntilBeside = ({ at }: { at: Date }) => (
  <span className="dads-screen-only">
    <Brackets>
      <Until at={at} beside />
    </Brackets>
  </span>
)

/** To the second: nobody sees more, and a board has hundreds. */
const momentOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`
