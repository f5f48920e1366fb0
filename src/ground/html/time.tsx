import { ageWords, untilWords } from './age.ts'
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

/** How long ago: 「3分前」. A script counts on while the page stays open. */
export function Age({ at }: { at: Date }) {
  const { language, now } = useReading()
  return (
    <time className="dads-time" dateTime={momentOf(at)} data-counts="age">
      {ageWords(language, at.getTime(), now.getTime())}
    </time>
  )
}

/** How long is left: 「あと25分」, or by how much it is overdue: 「25分超過」. */
export function Until({ at }: { at: Date }) {
  const { language, now } = useReading()
  return (
    <time className="dads-time" dateTime={momentOf(at)} data-counts="until">
      {untilWords(language, at.getTime(), now.getTime())}
    </time>
  )
}

/** To the second: nobody sees more, and a board has hundreds. */
const momentOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`
