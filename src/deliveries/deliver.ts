import type { Tools } from '#app/tools.ts'
import type { Channel } from '#channels/index.ts'
import { afterServerLost } from '#mail/index.ts'
import { claimDue, putBack } from './claim.ts'
import { holdClaims } from './hold-claims.ts'
import { learnRefusals } from './learn-refusals.ts'
import { type Claimed, messagesOf } from './messages.ts'
import { openSettler, type Settled } from './settle.ts'

/** How one worker goes about it; tests make it small. */
export type Worker = { batch_max: number; lease_ms: number; renew_ms: number; settle_tries_max: number }
export const usualWorker: Worker = { batch_max: 200, lease_ms: 10_000, renew_ms: 3000, settle_tries_max: 40 }

export type Batch = {
  claimed: number
  sent: number
  waiting: number
  perhaps: number
  failed: number
  /** What the other side said when the channel could not be used; null when it could. */
  server_problem: string | null
}

/**
 * Sends on one channel what is due, until nothing more is or the channel cannot be used: at least once each, every attempt
 * written down before and after. While leases hold, no two workers send the same; what a worker had handed over and not yet
 * written down when it died goes out again under the same Message-ID.
 */
export async function deliverDue(
  tools: Tools,
  channel: Channel,
  worker = usualWorker,
  isStopped = () => false,
): Promise<Batch> {
  const { db, clock } = tools
  const hand = holdClaims(tools, worker)
  const settler = openSettler(tools, channel.name, { ...worker, dropped: hand.drop })
  const queue: Claimed[] = []
  let claimed = 0
  let server_problem: string | null = null
  let isDry = false
  let fetching: Promise<void> | undefined

  const isOver = () => isDry || server_problem !== null || settler.failed() || isStopped()
  const fetchMore = () => {
    fetching ??= (async () => {
      const asked_at = performance.now()
      const claims = await claimDue(db, channel.name, clock(), { limit: worker.batch_max, lease_ms: worker.lease_ms })
      isDry = claims.length < worker.batch_max
      claimed += claims.length
      hand.take(claims, asked_at)
      if (claims.length > 0) queue.push(...(await messagesOf(tools, claims)))
    })().finally(() => {
      fetching = undefined
    })
    return fetching
  }
  const lane = async () => {
    for (;;) {
      if (server_problem !== null || settler.failed()) return
      // The next ones are fetched while the last ones go out.
      if (queue.length < worker.batch_max / 2 && !isOver()) fetchMore().catch(() => {})
      if (queue.length === 0) {
        if (!fetching && isOver()) return
        await (fetching ?? fetchMore())
        continue
      }
      const message = queue.shift() as Claimed
      // A worker that was paused past its lease must not send what another may have taken over.
      if (!hand.isOurs(message.delivery_id)) continue
      const outcome = await channel.send(message)
      if (outcome.is_server_lost) server_problem ??= outcome.answer
      await settler.add(message, outcome)
    }
  }

  let settled: Settled[]
  try {
    // All lanes end before anything is thrown, so that nothing goes out behind our back.
    const lanes = await Promise.allSettled(Array.from({ length: channel.lanes }, lane))
    await fetching?.catch(() => {})
    settled = await settler.close()
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    // After the channel was lost those not yet tried wait for it, without an attempt being counted.
    const untried = hand.ours()
    if (untried.length > 0) await putBack(db, untried, afterServerLost(clock()), server_problem)
  } finally {
    hand.close()
  }
  const batch = { claimed, sent: 0, waiting: 0, perhaps: 0, failed: 0, server_problem }
  for (const { state } of settled) batch[state]++
  const failed = settled.filter(({ state }) => state === 'failed')
  await learnRefusals(
    tools,
    failed.map(({ message }) => message.delivery_id),
  )
  return batch
}
