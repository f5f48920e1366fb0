/** Waits until it is rung, at most for a time; a ring while nobody waits is kept for the next. */
export function doorbell() {
  let hasRung = false
  let isClosed = false
  let wake: (() => void) | undefined
  let end: (() => void) | undefined
  const sleep = (ms: number, set: (resolve: () => void) => void) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      end = done
      set(done)
    })
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    close() {
      isClosed = true
      end?.()
    },
    async wait(ms: number) {
      if (!hasRung && !isClosed) await sleep(ms, (done) => (wake = done))
      hasRung = false
      wake = undefined
    },
    async rest(ms: number) {
      if (!isClosed) await sleep(ms, () => {})
    },
  }
}
