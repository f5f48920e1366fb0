import type { ReactNode } from 'react'

const [width, height, left, right, head, foot] = [480, 210, 56, 12, 12, 30] as const

/** One line of a curve. `came`: when one more came, in milliseconds from the start; `until`: how far the line is known. */
export type Series = { came: readonly number[]; all: number; until: number; dashed?: boolean }
/** Something at a moment, in milliseconds from the start. */
export type Mark = { at: number; text: string }

/**
 * How many of all had come when: a step for each. Lines tell themselves apart by being whole or broken, not by colour; `label`
 * says in words what the picture shows.
 */
export function StepCurve({
  label,
  top,
  end,
  series,
  deadline,
  ticks = [],
  children,
}: {
  label: string
  /** What stands at the upper edge: the whole. */
  top: string
  end: number
  series: readonly Series[]
  deadline?: Mark | undefined
  ticks?: readonly Mark[]
  /** What the lines are, below the picture. */
  children: ReactNode
}) {
  const bottom = height - foot
  const x = (at: number) => tenth(left + ((width - left - right) * Math.min(at, end)) / Math.max(1, end))
  const y = (share: number) => tenth(head + (bottom - head) * (1 - share))
  return (
    <figure className="dads-curve">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <path
          d={[0, 0.5, 1].map((share) => `M${left} ${y(share)}H${width - right}`).join('')}
          stroke="currentColor"
          strokeOpacity="0.35"
        />
        {deadline && deadline.at <= end && (
          <path d={`M${x(deadline.at)} ${head}V${bottom}`} stroke="currentColor" strokeDasharray="2 3" />
        )}
        {series.map((line) => (
          <path
            key={line.dashed ? 'dashed' : 'whole'}
            d={pathOf(line, end, x, y)}
            fill="none"
            stroke="currentColor"
            strokeWidth={line.dashed ? 2 : 3.5}
            strokeDasharray={line.dashed ? '9 5' : undefined}
          />
        ))}
        {[
          { text: top, share: 1 },
          { text: '0', share: 0 },
        ].map(({ text, share }) => (
          <text key={share} x={left - 6} y={y(share) + 6} fontSize="17" textAnchor="end" fill="currentColor">
            {text}
          </text>
        ))}
        {ticks.map(({ at, text }) => (
          <text key={at} x={x(at)} y={height - 8} fontSize="17" textAnchor={anchorOf(at, end)} fill="currentColor">
            {text}
          </text>
        ))}
        {deadline && deadline.at <= end && (
          <text
            x={x(deadline.at) + (deadline.at > end / 3 ? -5 : 5)}
            y={bottom - 8}
            fontSize="17"
            textAnchor={deadline.at > end / 3 ? 'end' : 'start'}
            fill="currentColor"
          >
            {deadline.text}
          </text>
        )}
      </svg>
      <figcaption>{children}</figcaption>
    </figure>
  )
}

function pathOf({ came, all, until }: Series, end: number, x: (at: number) => number, y: (share: number) => number) {
  const inOrder = came.filter((at) => at <= end).toSorted((a, b) => a - b)
  // Of hundreds of steps those that end at the same tenth of a pixel are one.
  const corners = new Map<number, number>()
  for (const [index, at] of inOrder.entries()) corners.set(x(Math.max(0, at)), y((index + 1) / Math.max(1, all)))
  const steps = [...corners].map(([at, count]) => `H${at}V${count}`).join('')
  return `M${left} ${y(0)}${steps}H${x(until)}`
}

const anchorOf = (at: number, end: number) => (at <= 0 ? 'start' : at >= end ? 'end' : 'middle')
const tenth = (figure: number) => Math.round(figure * 10) / 10
