/** Waits until it is rung, at most for a time; a ring while nobody waits is kept for the next. */
export function doorbell() {
  let has_rung = false
  let is_closed = false
  const waiting = new Set<() => void>()
  const resting = new Set<() => void>()
  const sleep = (ms: number, among: Set<() => void>) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        among.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      among.add(done)
    })
  return {
    ring() {
      has_rung = true
      for (const wake of [...waiting]) wake()
    },
    close() {
      is_closed = true
      for (const wake of [...waiting, ...resting]) wake()
    },
    async wait(ms: number) {
      if (!has_rung && !is_closed) await sleep(ms, waiting)
      has_rung = false
    },
    async rest(ms: number) {
      if (!is_closed) await sleep(ms, resting)
    },
  }
}
