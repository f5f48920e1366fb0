import type { Tools } from '#ground/tools/tools.ts'
import type { Absence } from './absence.ts'
import { type Claim, renewClaims } from './claim.ts'

/**
 * Keeps the lease of everything not yet settled, and knows what is still ours. Our own right ends by a clock that cannot jump,
 * counted from before the lease was asked for, so that it never outlasts what the database granted.
 */
export function holdClaims(
  { db }: Pick<Tools, 'db'>,
  { lease_ms, renew_ms, absence }: { lease_ms: number; renew_ms: number; absence: Absence },
) {
  const held = new Map<string, Claim & { until: number }>()
  let is_renewing = false
  const renew = setInterval(async () => {
    const claims = [...held.values()]
    // A database that is slow to answer is not asked the same again meanwhile.
    if (claims.length === 0 || is_renewing) return
    is_renewing = true
    const until = performance.now() + lease_ms
    // When the database is away the lease runs out, and with it our right to send.
    const ours = await absence.during(() => renewClaims(db, claims, lease_ms)).catch(() => null)
    is_renewing = false
    if (!ours) return
    const still = new Set(ours.map(({ id }) => id))
    for (const claim of claims) {
      if (held.get(claim.id) !== claim) continue
      if (still.has(claim.id)) claim.until = until
      else held.delete(claim.id)
    }
  }, renew_ms)
  return {
    /** `asked_at`: performance.now() before the claims were made. */
    take(claims: readonly Claim[], asked_at: number) {
      for (const claim of claims) held.set(claim.id, { ...claim, until: asked_at + lease_ms })
    },
    isOurs: (id: string) => (held.get(id)?.until ?? 0) > performance.now(),
    ours: (): Claim[] => [...held.values()].filter(({ until }) => until > performance.now()),
    drop: (id: string) => held.delete(id),
    close: () => clearInterval(renew),
  }
}
