import type { Tools } from '#app/tools.ts'
import type { Channel } from '#channels/index.ts'
import { isUnreachable } from '#db/database.ts'
import { everything, type Hub } from '#live/hub.ts'
import { deliverDue, usualWorker } from './deliver.ts'
import { doorbell } from './doorbell.ts'
import { endHopeless } from './end-hopeless.ts'
import { receipts_at_once_max, takeSteps } from './take-steps.ts'

export type DeliveryWorkers = {
  /** Why nothing goes out now although a channel would take it, for an operator; null when nothing stands in the way. */
  problem(): string | null
  /** Ends after what is in hand. */
  stop(): Promise<void>
}

/** What becomes due, and what another process queued unheard, waits no longer than this. */
const idle_ms = 1000

/**
 * Takes steps and sends on every channel as things become due, for as long as it runs; channels do not wait for each other.
 * The absence of the database or of a channel's other side only makes it wait.
 */
export function startDeliveryWorkers({
  tools,
  hub,
  channels,
  worker = usualWorker,
}: {
  tools: Tools
  hub: Hub
  channels: readonly Channel[]
  worker?: typeof usualWorker
}): DeliveryWorkers {
  const names = channels.map(({ name }) => name)
  const loops = [
    startLoop(hub, async () => {
      await endHopeless(tools)
      return (await takeSteps(tools, names)) === receipts_at_once_max ? 'more' : 'idle'
    }),
    ...channels.map((channel) =>
      startLoop(hub, async (isStopped) => {
        const { server_problem } = await deliverDue(tools, channel, worker, isStopped)
        return server_problem === null ? 'idle' : 'blocked'
      }),
    ),
  ]
  return {
    problem: () => loops.map((loop) => loop.problem()).find((problem) => problem !== null) ?? null,
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Works whenever something may have changed, and at least every second; rests that long after a failure. */
function startLoop(hub: Hub, work: (isStopped: () => boolean) => Promise<'more' | 'idle' | 'blocked'>) {
  const bell = doorbell()
  const unsubscribe = hub.subscribe(everything, (about) => {
    if (about === everything || about.startsWith('/notices/')) bell.ring()
  })
  let isStopped = false
  let problem: string | null = null
  const run = async () => {
    while (!isStopped) {
      let came: 'more' | 'idle' | 'blocked' = 'blocked'
      try {
        came = await work(() => isStopped)
        problem = null
      } catch (error) {
        problem = isUnreachable(error) ? 'database' : `deliveries: ${(error as Error).message}`
      }
      if (isStopped || came === 'more') continue
      // What is lost is asked again after a rest, however often the bell rings.
      await (came === 'blocked' ? bell.rest(idle_ms) : bell.wait(idle_ms))
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
