/** What an institution last said in a situation. */
export type Said = { reported_at: Date; next_update_at: Date } | null

/**
 * An institution is passed over when its round asks again, as long as what it has said since the round began still holds: it
 * has promised the next update for later than now, and is not asked before that time has passed.
 */
export const isPassedOver = (said: Said, round_began_at: Date, now: Date): boolean =>
  said !== null && said.reported_at >= round_began_at && said.next_update_at > now

/** The next time after `now` on the round's own grid: what was missed meanwhile is made up for by one asking, not by many. */
export function nextRepeat(due: Date, every_minutes: number, now: Date): Date {
  const every_ms = every_minutes * 60_000
  const missed = Math.max(0, Math.floor((now.getTime() - due.getTime()) / every_ms))
  return new Date(due.getTime() + (missed + 1) * every_ms)
}

/** A time further ahead than one interval was set by a clock that has been put back since; the round would wait for it in silence. */
export const isBeyondClock = (next_repeat_at: Date, every_minutes: number, now: Date): boolean =>
  next_repeat_at.getTime() - now.getTime() > every_minutes * 60_000

/** How long a repeat may be overdue before people are told that the program does not get to it. */
export const repeat_late_minutes_max = 3

/** After how many minutes a share of all had answered; null when it never came to that. `answered` in minutes since asking. */
export function minutesUntil(share: number, answered: readonly number[], asked: number): number | null {
  if (asked === 0) return null
  const wanted = Math.max(1, Math.ceil(share * asked))
  return [...answered].sort((a, b) => a - b)[wanted - 1] ?? null
}

/**
 * Whether an answer came after its asking's deadline: what counts is when it reached us. When it was written, perhaps without a
 * connection, tells how old its words are, not whether the market could act on them in time.
 */
export const isLate = ({ answered_at }: { answered_at: Date }, { answer_by }: { answer_by: Date | null }): boolean =>
  answer_by !== null && answered_at > answer_by
