/** What a person may try over and over: each counts by itself. */
export type Purpose =
  | 'password'
  | 'code'
  | 'recovery_code'
  | 'passkey'
  /** Asking for what a passkey is to answer: it is kept for minutes. */
  | 'challenge'
  | 'invitation'
  | 'break_glass'
  | 'sso'
  | 'link'

/** Of whom the failures are counted: an account from one address, an account from anywhere, an address for any account. */
export type Counted = 'pair' | 'account' | 'address'

/** How many failures in how many seconds close the door. Three in a row at the pace of a machine make it wait; five are enough. */
export const attemptLimits: readonly { of: Counted; failures: number; seconds: number }[] = [
  { of: 'pair', failures: 3, seconds: 15 },
  { of: 'pair', failures: 5, seconds: 900 },
  { of: 'account', failures: 30, seconds: 900 },
  { of: 'address', failures: 100, seconds: 900 },
]
export const window_seconds = Math.max(...attemptLimits.map(({ seconds }) => seconds))

/** From where an account signed in within so many days, strangers' failures do not keep it out. */
export const known_days = 30

export type Try = { account: string | null; address: string; tried_at: Date; has_failed: boolean }

/**
 * Until when nothing may be tried, and of whom there were too many failures; null: it may be tried now.
 * An account that is known at the address is held by its own failures there alone, so that nobody can lock another out
 * from elsewhere; a passkey cannot be guessed, so only its address counts. A try whose answer is still out counts half:
 * a burst gets at most twice the limit, and a person who presses twice is not refused.
 */
export function refusedUntil(
  tries: readonly Try[],
  {
    purpose,
    account,
    address,
    is_known,
  }: { purpose: Purpose; account: string | null; address: string; is_known: boolean },
  now: Date,
): { of: Counted; until: Date } | null {
  const matches: Record<Counted, (one: Try) => boolean> = {
    pair: (one) => one.account === account && one.address === address,
    account: (one) => one.account === account,
    address: (one) => one.address === address,
  }
  const counts = (of: Counted) =>
    of === 'address' ? !is_known : account !== null && purpose !== 'passkey' && (of === 'pair' || !is_known)
  const newest = tries.toSorted((a, b) => b.tried_at.getTime() - a.tried_at.getTime())

  let latest: { of: Counted; until: Date } | null = null
  for (const { of, failures, seconds } of attemptLimits.filter((limit) => counts(limit.of))) {
    let weight = 0
    const last = newest.filter(matches[of]).find((one) => (weight += one.has_failed ? 1 : 0.5) >= failures)
    if (!last) continue
    const until = new Date(last.tried_at.getTime() + seconds * 1000)
    if (until > now && (!latest || until > latest.until)) latest = { of, until }
  }
  return latest
}
