import type { ReactNode } from 'react'
import { Chip, Chips, type Look } from './chip.tsx'

export type Share = { key: string; look: Look; text: ReactNode; count: number; href?: string }

const [width, height, gap] = [100, 3, 0.4] as const

/** How many of all are in each state: a bar whose parts are as long as their share, and below it the same in words and figures. */
export function ShareBar({ label, shares }: { label: string; shares: readonly Share[] }) {
  const all = shares.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  const present = shares.filter(({ count }) => count > 0)
  const room = width - gap * (present.length - 1)
  let from = 0
  return (
    <figure className="dads-share">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {present.map(({ key, look, count }) => {
          const x = from
          const long = (room * count) / all
          from += long + gap
          return <rect key={key} x={hundredth(x)} width={hundredth(long)} height={height} data-look={look} />
        })}
      </svg>
      <Chips>
        {shares.map(({ key, look, text, count, href }) => {
          const chip = (
            <Chip key={key} look={look} count={count}>
              {text}
            </Chip>
          )
          return href ? (
            <a key={key} href={href}>
              {chip}
            </a>
          ) : (
            chip
          )
        })}
      </Chips>
    </figure>
  )
}

const hundredth = (figure: number) => Math.round(figure * 100) / 100
