/** Whether the database was away a moment ago, as one worker found by its own statements. */
export type Absence = ReturnType<typeof watchAbsence>

/**
 * A statement that waited for more than half a lease says that the database was away: leases ran out meanwhile because nobody
 * could renew them. For the length of a lease from then on its worker takes nobody for dead, so that the others can write what
 * they handed over, and hold again what they have in hand.
 */
export function watchAbsence(lease_ms: number) {
  let back_at = Number.NEGATIVE_INFINITY
  return {
    async during<T>(statement: () => Promise<T>): Promise<T> {
      const asked_at = performance.now()
      try {
        return await statement()
      } finally {
        if (performance.now() - asked_at > lease_ms / 2) back_at = performance.now()
      }
    },
    isJustBack: () => performance.now() - back_at < lease_ms,
  }
}
