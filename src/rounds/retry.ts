import type { Outcome } from './mail-transport.ts'

/** A mail that could not be handed over is given up after this many attempts. */
export const attempts_max = 8
/** Seconds from one attempt to the next; the last one repeats. */
const waits_s = [5, 30, 120, 600]

type After = { state: 'sent' | 'waiting' | 'perhaps' | 'failed'; next_try_at: Date }

/**
 * What becomes of a delivery after its nth attempt.
 * A mail that perhaps went out is not sent again; what the server refused for good is not tried again.
 */
export function afterAttempt({ kind }: Outcome, attempts: number, now: Date): After {
  if (kind !== 'deferred') return { state: kind === 'refused' ? 'failed' : kind, next_try_at: now }
  if (attempts >= attempts_max) return { state: 'failed', next_try_at: now }
  return { state: 'waiting', next_try_at: new Date(now.getTime() + wait_s(attempts) * 1000) }
}

const wait_s = (attempts: number) => waits_s[Math.min(attempts, waits_s.length) - 1] ?? waits_s[0] ?? 5
