import { timeWords } from '#html/civil.ts'
import { useReading, useTexts } from '#html/render.tsx'
import type { AttestationView } from './queries.ts'
import { attestationTexts } from './words.ts'

const [width, height, left, foot] = [480, 180, 40, 24]

/** How many had answered when: a step for each answer, the number asked as the upper edge, the date as a broken line. */
export function AnswerCurve({ attestation }: { attestation: AttestationView }) {
  const t = useTexts(attestationTexts)
  const { language, now } = useReading()
  const { started_at, answer_by, closed_at, asked } = attestation
  const until = closed_at ?? now
  const end = Math.max(until.getTime(), answer_by.getTime())
  const times = asked.flatMap(({ answered_at }) => answered_at?.getTime() ?? []).sort((a, b) => a - b)
  const x = (time: number) =>
    round(left + ((width - left - 8) * (time - started_at.getTime())) / Math.max(1, end - started_at.getTime()))
  const y = (count: number) => round(8 + (height - foot - 8) * (1 - count / Math.max(1, asked.length)))
  const steps = times.map((time, index) => `H${x(time)}V${y(index + 1)}`).join('')
  const say = (at: Date) => timeWords(language, at, now, { with_date: true })
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t.curve(times.length, asked.length, say(started_at), say(until))}
      >
        <path
          d={`M${left} ${y(0)}H${width - 8}M${left} ${y(asked.length)}H${width - 8}`}
          stroke="currentColor"
          strokeOpacity="0.4"
        />
        <path d={`M${x(answer_by.getTime())} 8V${height - foot}`} stroke="currentColor" strokeDasharray="4 4" />
        <path
          d={`M${x(started_at.getTime())} ${y(0)}${steps}H${x(until.getTime())}`}
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
        />
        <text x={left - 6} y={y(asked.length) + 6} fontSize="14" textAnchor="end" fill="currentColor">
          {asked.length}
        </text>
        <text x={left - 6} y={y(0) + 2} fontSize="14" textAnchor="end" fill="currentColor">
          0
        </text>
        <text
          x={x(answer_by.getTime()) - 4}
          y={height - 6}
          fontSize="14"
          textAnchor={x(answer_by.getTime()) > width / 3 ? 'end' : 'start'}
          fill="currentColor"
        >
          {t.answer_by}
        </text>
      </svg>
      <figcaption>{t.over_time}</figcaption>
    </figure>
  )
}

const round = (figure: number) => Math.round(figure * 10) / 10
