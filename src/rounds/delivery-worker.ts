import type { Tools } from '#app/tools.ts'
import { isUnreachable } from '#db/database.ts'
import { everything, type Hub } from '#live/hub.ts'
import type { MailTransport } from '#mail/index.ts'
import { deliverDue, usualWorker } from './deliver.ts'

export type DeliveryWorker = {
  /** Why mails do not go out now, for an operator; null when nothing stands in the way. */
  problem(): string | null
  /** Ends after the batch in hand. */
  stop(): Promise<void>
}

/** A mail that becomes due, and one that another process asked for unheard, waits no longer than this. */
const idle_ms = 2000

/** Sends mails as they become due, for as long as it runs. The absence of database or mail server only makes it wait. */
export function startDeliveryWorker({
  tools,
  hub,
  transport,
  worker = usualWorker,
}: {
  tools: Tools
  hub: Hub
  transport: MailTransport
  worker?: typeof usualWorker
}): DeliveryWorker {
  const bell = doorbell()
  const unsubscribe = hub.subscribe(everything, (about) => {
    if (about === everything || about.startsWith('/situations/')) bell.ring()
  })
  let isStopped = false
  let problem: string | null = null

  const run = async () => {
    while (!isStopped) {
      let hasMore = false
      let isBlocked = false
      try {
        const batch = await deliverDue(tools, transport, worker)
        isBlocked = batch.server_problem !== null
        if (batch.claimed > 0 || problem === databaseLost)
          problem = batch.server_problem && `mail server: ${batch.server_problem}`
        hasMore = batch.claimed === worker.batch_max
      } catch (error) {
        isBlocked = true
        problem = isUnreachable(error) ? databaseLost : `mail: ${(error as Error).message}`
      }
      // What is lost is asked again after a rest, however often the bell rings.
      if (isStopped || (hasMore && !isBlocked)) continue
      await (isBlocked ? bell.rest(idle_ms) : bell.wait(idle_ms))
    }
  }
  const running = run()

  return {
    problem: () => problem,
    async stop() {
      isStopped = true
      unsubscribe()
      bell.close()
      await running
    },
  }
}

const databaseLost = 'database'

/** Waits until it is rung, at most for a time; a ring while nobody waits is kept for the next. */
function doorbell() {
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
