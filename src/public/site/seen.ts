import { closed_kept_days, no_functions, type Snapshot } from './snapshot.ts'

/**
 * What a reader is shown of a declared condition: once it has expired it is unknown since then, and its last word is only the last
 * word (N-4).
 */
export function asSeen<Condition extends string>(item: { condition: Condition; expires_at: string }, now: Date) {
  // That somebody has no function does not become unknown.
  return hasExpired(item, now) && item.condition !== no_functions
    ? { condition: 'unknown' as const, unknown_since: item.expires_at, last_condition: item.condition }
    : { condition: item.condition, unknown_since: null, last_condition: null }
}

export const hasExpired = ({ expires_at }: { expires_at: string }, now: Date) => Date.parse(expires_at) <= now.getTime()

export const openOnes = (snapshot: Snapshot) => snapshot.situations.filter(({ closed_at }) => closed_at === null)

/** Situations closed less than 30 days ago. */
export const closedOnes = (snapshot: Snapshot, now: Date) =>
  snapshot.situations.filter(
    ({ closed_at }) => closed_at !== null && now.getTime() - Date.parse(closed_at) < closed_kept_days * 86_400_000,
  )

/** The first moment after `now` at which something shown expires; Infinity when nothing does. */
export function nextExpiry(snapshot: Snapshot, now: Date): number {
  const moments = openOnes(snapshot)
    .flatMap(({ functions, institutions }) => [...functions, ...institutions])
    .map(({ expires_at }) => Date.parse(expires_at))
  return Math.min(...moments.filter((moment) => moment > now.getTime()), Number.POSITIVE_INFINITY)
}
