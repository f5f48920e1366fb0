/** Waits until it is rung, at most for a time; a ring while nobody waits is kept for the next. */
export function doorbell() {
  let hasRung = false
  let isClosed = false
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
      hasRung = true
      for (const wake of [...waiting]) wake()
    },
    close() {
      isClosed = true
      for (const wake of [...waiting, ...resting]) wake()
    },
    async wait(ms: number) {
      if (!hasRung && !isClosed) await sleep(ms, waiting)
      hasRung = false
    },
    async rest(ms: number) {
      if (!isClosed) await sleep(ms, resting)
    },
  }
}
