import { durationWords } from './age.ts'
import { inBoth } from './language.ts'
import { recovery } from './recovery.ts'
import { useReading, useTexts } from './render.tsx'
import { Time } from './time.tsx'

const texts = inBoth({
  ja: {
    title: '復旧目標時限',
    left: (time: string) => `残り ${time}`,
    over: (time: string) => `超過 ${time}`,
    kept: (time: string) => `${time}で復旧（目標内）`,
    missed: (time: string) => `${time}で復旧（目標超過）`,
    event: '発生',
    due: '目標時刻',
    elapsed: '経過',
    returned: '復旧',
    within: (time: string) => `${time}以内`,
  },
  en: {
    title: 'Recovery objective',
    left: (time: string) => `${time} left`,
    over: (time: string) => `${time} overdue`,
    kept: (time: string) => `Recovered in ${time}: in time`,
    missed: (time: string) => `Recovered in ${time}: too late`,
    event: 'Event',
    due: 'Due',
    elapsed: 'Elapsed',
    returned: 'Recovered',
    within: (time: string) => `within ${time}`,
  },
})

type Props = {
  event_at: Date
  recovery_minutes: number
  /** When service returned; the clock stands still from then on. */
  returned_at?: Date | null
}

/** The clock of the recovery objective: a dial, and the same in words and figures. */
export function RecoveryClock({ event_at, recovery_minutes, returned_at = null }: Props) {
  const { language, now } = useReading()
  const words = useTexts(texts)
  const stands = recovery(event_at, recovery_minutes, returned_at ?? now)
  const duration = (minutes: number) => durationWords(language, minutes)
  const is_over = stands.overdue_minutes > 0
  const figure = returned_at ? stands.elapsed_minutes : is_over ? stands.overdue_minutes : stands.remaining_minutes
  const words_now = returned_at ? (is_over ? words.missed : words.kept) : is_over ? words.over : words.left
  const headline = words_now(duration(figure))
  const nextMinute = new Date(event_at.getTime() + (stands.elapsed_minutes + 1) * 60_000)

  return (
    <div
      className="dads-clock"
      data-state={is_over ? 'over' : 'within'}
      data-refresh-at={returned_at ? undefined : nextMinute.toISOString()}
    >
      <Dial share={stands.share} figure={figure} label={headline} />
      <div className="dads-clock__words">
        <p className="dads-clock__title">
          {words.title}　{words.within(duration(recovery_minutes))}
        </p>
        <p className="dads-clock__headline">{headline}</p>
        <dl className="dads-clock__facts">
          <div>
            <dt>{words.event}</dt>
            <dd>
              <Time at={event_at} />
            </dd>
          </div>
          <div>
            <dt>{words.due}</dt>
            <dd>
              <Time at={stands.due_at} />
            </dd>
          </div>
          <div>
            <dt>{returned_at ? words.returned : words.elapsed}</dt>
            <dd>{returned_at ? <Time at={returned_at} /> : duration(stands.elapsed_minutes)}</dd>
          </div>
        </dl>
      </div>
    </div>
  )
}

/** The ring fills with the time that has passed; what is overdue shows as a broken ring around it. */
function Dial({ share, figure, label }: { share: number; figure: number; label: string }) {
  const part = (of: number) => `${Math.min(100, Math.max(0, of * 100)).toFixed(1)} 100`
  return (
    <svg className="dads-clock__dial" viewBox="0 0 100 100" role="img" aria-label={label}>
      <circle className="dads-clock__ring" cx="50" cy="50" r="38" />
      <circle
        className="dads-clock__arc"
        cx="50"
        cy="50"
        r="38"
        pathLength="100"
        strokeDasharray={part(share)}
        transform="rotate(-90 50 50)"
      />
      {share > 1 && <circle className="dads-clock__excess" cx="50" cy="50" r="47" strokeDasharray="4 3" />}
      <path className="dads-clock__mark" d="M50 3v14" />
      <text x="50" y="57" textAnchor="middle" className="dads-clock__figure">
        {figureOf(figure)}
      </text>
    </svg>
  )
}

/** Hours and minutes as long as they fit into the ring, then days; the words beside it say the same. */
const figureOf = (minutes: number) =>
  minutes < 100 * 60
    ? `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
    : `${Math.floor(minutes / 60 / 24)} d`
