/** The value below which a share of all values lies; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

/** A curve of counts as text: one line per step, a bar as long as the share reached. */
export function curve(done_ms: readonly number[], all: number, over_ms: number, steps = 12): string[] {
  const width = 40
  return Array.from({ length: steps }, (_, index) => {
    const until = (over_ms / steps) * (index + 1)
    const count = done_ms.filter((at) => at <= until).length
    const bar = '#'.repeat(Math.round((count / all) * width)).padEnd(width, '.')
    return `${String(Math.round(until / 1000)).padStart(4)} s  ${bar}  ${count} (${Math.round((count / all) * 100)} %)`
  })
}

/** Numbers that look random and are the same at every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
