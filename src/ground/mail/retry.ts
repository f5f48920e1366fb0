import { afterDoubt, type Doubted, doubt_wait_s } from './doubt.ts'
import type { Outcome } from './transport.ts'

/** A mail that the server put off is given up after this many attempts, which is about a day. */
export const attempts_max = 148
/** A mail whose sender died in this attempt or a later one has perhaps arrived already: it is not sent again. */
export const takeovers_max = 8
/** Seconds from one attempt to the next; the last one repeats. */
const waits_s = [5, 30, 120, 600]
/** Seconds until a server that could not be used is asked again. */
const server_wait_s = 5
/** The mail that found the server away lets the others go first, lest one that breaks every connection holds them all up. */
const held_wait_s = 15

type After = { state: 'sent' | 'waiting' | 'perhaps' | 'failed'; next_try_at: Date; counts: boolean }

/**
 * What becomes of a delivery after its nth attempt.
 * What the server refused for good is not tried again; for what perhaps went out there is a policy of its own, and without
 * `doubted` it is not sent again. A server that cannot be used takes no attempts away, however long it is gone.
 */
export function afterAttempt({ kind: came }: Outcome, attempts: number, now: Date, doubted?: Doubted): After {
  if (came === 'held') return { state: 'waiting', next_try_at: later(now, held_wait_s), counts: false }
  const doubt = came === 'perhaps' && doubted ? afterDoubt(doubted) : 'perhaps'
  if (doubt === 'once more') return { state: 'waiting', next_try_at: later(now, doubt_wait_s), counts: true }
  const kind = doubt === 'as put off' ? 'deferred' : came
  if (kind !== 'deferred') return { state: kind === 'refused' ? 'failed' : kind, next_try_at: now, counts: true }
  if (attempts >= attempts_max) return { state: 'failed', next_try_at: now, counts: true }
  return { state: 'waiting', next_try_at: later(now, wait_s(attempts)), counts: true }
}

/** When those are due that were not tried, because the server was lost just before. */
export const afterServerLost = (now: Date) => later(now, server_wait_s)

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)
const wait_s = (attempts: number) => waits_s[Math.min(attempts, waits_s.length) - 1] ?? server_wait_s
