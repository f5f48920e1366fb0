type Waiting = { resolve: () => void; reject: (error: unknown) => void }

/**
 * Lets so many work at once. The others wait in line for as long as it moves: a storm of readers takes its time and fails nobody,
 * while a line that stands still for `patience_ms` is told so.
 */
export function openTurns(at_once_max: number, patience_ms: number) {
  let free = at_once_max
  const waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined
  const failAll = (error: unknown) => {
    clearTimeout(timer)
    timer = undefined
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  const wait = () => {
    clearTimeout(timer)
    timer =
      waiting.length > 0
        ? setTimeout(() => failAll(new Error('timeout: nothing has moved in the line')), patience_ms)
        : undefined
  }
  return {
    async take() {
      if (free > 0) free--
      else
        await new Promise<void>((resolve, reject) => {
          waiting.push({ resolve, reject })
          if (waiting.length === 1) wait()
        })
    },
    give() {
      const next = waiting.shift()
      if (next) next.resolve()
      else free++
      wait()
    },
    /** What has befallen one of them befalls all who wait. */
    failAll,
  }
}
export type Turns = ReturnType<typeof openTurns>
