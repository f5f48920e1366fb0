import type { Channel } from '#ground/channels/channel.ts'
import { isUnreachable } from '#ground/db/database.ts'
import { everything, type Hub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { sendBundles } from './bundles.ts'
import { noteLost, noteWell } from './channel-state.ts'
import { deliverDue, type Going, usualWorker } from './deliver.ts'
import { doorbell } from './doorbell.ts'
import { endHopeless, endOld } from './end-hopeless.ts'
import { followFailures, passLostChannels } from './follow-failures.ts'
import { takeAllSteps } from './take-steps.ts'

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
/** A channel on which nothing went out for so long is asked whether it would take something, in peacetime, too. */
const check_ms = 60_000
const check_lost_ms = 10_000

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
      return startLoop(hub, async (going) => {
        const { claimed, server_problem } = await deliverDue(tools, channel, worker, { ...going, ...watch })
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

/** Keeps the state of a channel as this process finds it. */
function watchChannel(tools: Tools, channel: Channel) {
  let noting: Promise<void> = Promise.resolve()
  let is_noting = false
  let is_lost: boolean | null = null
  let asked_at = performance.now() - check_ms
  // What cannot be noted while the database is away is found again soon.
  const note = (work: () => Promise<void>) => {
    if (is_noting) return
    is_noting = true
    noting = work()
      .catch(() => {})
      .finally(() => {
        is_noting = false
      })
  }
  const onLost = (problem: string) => {
    is_lost = true
    asked_at = performance.now()
    note(() => noteLost(tools, channel.name, problem))
  }
  let sent_at = 0
  const onSent = () => {
    asked_at = performance.now()
    if (is_lost === false && performance.now() - sent_at < 1000) return
    is_lost = false
    sent_at = performance.now()
    note(() => noteWell(tools, channel.name, { is_sent: true }))
  }
  return {
    onLost,
    onSent,
    async check() {
      if (!channel.check || performance.now() - asked_at < (is_lost === false ? check_ms : check_lost_ms)) return
      asked_at = performance.now()
      const problem = await channel.check()
      is_lost = problem !== null
      note(() =>
        problem === null ? noteWell(tools, channel.name, { is_sent: false }) : noteLost(tools, channel.name, problem),
      )
    },
    settled: () => noting,
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
      if (least_ms > 0) await bell.rest(least_ms)
      // What is lost is asked again after a rest, however often the bell rings.
      await (came === 'blocked' ? bell.rest(idle_ms) : bell.wait(idle_ms))
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
