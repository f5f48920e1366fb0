import type { ReactNode } from 'react'

/** Every state that a chip can show, under the names that the tables use. */
export type Look =
  | 'normal'
  | 'alternative'
  | 'partial'
  | 'stopped'
  | 'resumed'
  | 'unknown'
  | 'not_reported'
  | 'not_asked'
  | 'no_functions'
  | 'expired'
  | 'none'
  | 'severe'
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'perhaps'
  | 'failed'

const tick = 'M6.6 12.4 2.4 8.2l1.5-1.5 2.7 2.7 5.5-5.6 1.5 1.5z'
const triangle = 'M8 1.5 15.2 14H.8zM7.2 6v4h1.6V6zm0 5v1.6h1.6V11z'
const octagon = 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zM4 7v2h8V7z'
const cross = 'M3.8 2.4 8 6.6l4.2-4.2 1.4 1.4L9.4 8l4.2 4.2-1.4 1.4L8 9.4l-4.2 4.2-1.4-1.4L6.6 8 2.4 3.8z'
const play = 'M3 2h2v12H3zm4 0 7 6-7 6z'
/** Round what stands in the way. */
const detour = 'M3 15V9a5 5 0 0 1 5-5h3V1l4.5 4L11 9V6H8a3 3 0 0 0-3 3v6z'
const question =
  'M4.5 5.5C4.5 3.4 6 2 8.1 2s3.6 1.3 3.6 3.2c0 1.5-.8 2.2-1.7 2.9-.8.6-1.1 1-1.1 1.9H7.1c0-1.6.6-2.4 1.5-3.1.7-.6 1.2-.9 1.2-1.7S9.1 3.7 8.1 3.7c-1.1 0-1.8.7-1.8 1.8zM7 11.5h2v2H7z'
const ring = 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2m0 1.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8'
const dash = 'M2.5 7h11v2h-11z'
const clock =
  'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.7a5.3 5.3 0 1 0 0 10.6A5.3 5.3 0 0 0 8 2.7M7.2 4.5h1.6v3.2l2.3 1.4-.8 1.3-3.1-1.9z'
const arrow = 'M9 2.5 14.5 8 9 13.5l-1.3-1.3L11 9H1.5V7H11L7.7 3.8z'

const shapes: Record<Look, string> = {
  normal: tick,
  none: tick,
  sent: tick,
  alternative: detour,
  partial: triangle,
  stopped: octagon,
  severe: octagon,
  failed: cross,
  resumed: play,
  unknown: question,
  perhaps: question,
  not_reported: ring,
  not_asked: dash,
  no_functions: dash,
  expired: clock,
  waiting: clock,
  sending: arrow,
}

/** The picture of a state, for those who see; a word always stands beside it. */
export const LookIcon = ({ look }: { look: Look }) => (
  <svg className="dads-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={shapes[look]} fillRule="evenodd" />
  </svg>
)

/** A state: colour, picture and word. `count` puts a figure behind the word; nought steps back. */
export const Chip = ({ look, count, children }: { look: Look; count?: number; children: ReactNode }) => (
  <span className="dads-chip" data-look={look} data-zero={count === 0 ? '' : undefined}>
    <LookIcon look={look} />
    {children}
    {count !== undefined && <b className="dads-chip__count"> {count}</b>}
  </span>
)

/** Chips in a row that wraps. */
export const Chips = ({ children }: { children: ReactNode }) => <div className="dads-chips">{children}</div>
