import type { Channel } from '#ground/channels/channel.ts'
import { isUnreachable } from '#ground/db/database.ts'
import { everything, type Hub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { watchAbsence } from './absence.ts'
import { sendBundles } from './bundles.ts'
import { deliverDue, type Going, usualWorker } from './deliver.ts'
import { doorbell } from './doorbell.ts'
import { endHopeless, endOld } from './end-hopeless.ts'
import { followFailures, passLostChannels } from './follow-failures.ts'
import { takeAllSteps } from './take-steps.ts'
import { watchChannel } from './watch-channel.ts'

export type DeliveryWorkers = {
  /** Why nothing goes out now although a channel would take it, for an operator; null when nothing stands in the way. */
  problem(): string | null
  /** Ends after what is in hand. */
  stop(): Promise<void>
}

/** What becomes due, and what another process queued unheard, waits no longer than this. */
const idle_ms = 1000
/** What looks after failures looks again no sooner: while much goes out, it would only be in its way. */
const care_ms = 200

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
      await takeAllSteps(tools, names)
      return 'idle'
    }),
    startLoop(
      hub,
      async () => {
        await endHopeless(tools)
        await endOld(tools)
        await followFailures(tools)
        await passLostChannels(tools)
        await sendBundles(tools)
        return 'idle'
      },
      care_ms,
    ),
    ...channels.map((channel) => {
      const watch = watchChannel(tools, channel)
      const absence = watchAbsence(worker.lease_ms)
      return startLoop(hub, async (going) => {
        const { claimed, server_problem } = await deliverDue(tools, channel, worker, { ...going, ...watch, absence })
        if (claimed === 0) await watch.check()
        await watch.settled()
        return server_problem === null ? 'idle' : 'blocked'
      })
    }),
  ]
  return {
    problem: () => loops.map((loop) => loop.problem()).find((problem) => problem !== null) ?? null,
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

type Came = 'idle' | 'blocked'

/** Works whenever something may have changed, `least_ms` apart, and at least every second; rests that long after a failure. */
function startLoop(
  hub: Hub,
  work: (going: Required<Pick<Going, 'isStopped' | 'wake'>>) => Promise<Came>,
  least_ms = 0,
) {
  const bell = doorbell()
  // Rung for what is at work already, which must not take the ring of what waits for the next turn.
  const inner = doorbell()
  const unsubscribe = hub.subscribe(everything, (about) => {
    if (about !== everything && !about.startsWith('/notices/')) return
    bell.ring()
    inner.ring()
  })
  let is_stopped = false
  let problem: string | null = null
  const going = { isStopped: () => is_stopped, wake: () => inner.wait(idle_ms) }
  const run = async () => {
    while (!is_stopped) {
      let came: Came = 'blocked'
      try {
        came = await work(going)
        problem = null
      } catch (error) {
        problem = isUnreachable(error) ? 'database' : `deliveries: ${(error as Error).message}`
      }
      if (is_stopped) continue
      // What is lost is asked again after a rest, however often the bell rings.
      await (came === 'blocked' ? bell.rest(idle_ms) : bell.wait(idle_ms))
      // What has just rung is for others first.
      if (least_ms > 0 && !is_stopped) await bell.rest(least_ms)
    }
  }
  const running = run()
  return {
    problem: () => problem,
    async stop() {
      is_stopped = true
      unsubscribe()
      bell.close()
      inner.close()
      await running
    },
  }
}
