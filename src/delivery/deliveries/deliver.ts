import type { Channel } from '#ground/channels/channel.ts'
import { afterServerLost } from '#ground/mail/retry.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Absence, watchAbsence } from './absence.ts'
import { claimDue, putBack } from './claim.ts'
import { fairQueue } from './fair-queue.ts'
import { holdClaims } from './hold-claims.ts'
import { learnRefusals } from './learn-refusals.ts'
import { type Claimed, messagesOf, type Renderings } from './messages.ts'
import { openSettler } from './settle.ts'
import type { Totals } from './settled.ts'

/** How one worker goes about it; tests make it small. */
export type Worker = { batch_max: number; lease_ms: number; renew_ms: number; settle_tries_max: number }
// A database that is away for five minutes makes nobody forget what was handed over just before.
export const usualWorker: Worker = { batch_max: 200, lease_ms: 10_000, renew_ms: 3000, settle_tries_max: 1200 }

export type Batch = {
  claimed: number
  sent: number
  waiting: number
  perhaps: number
  failed: number
  /** What the other side said when the channel could not be used; null when it could. */
  server_problem: string | null
}

/** What a worker that goes on and on listens to, and says meanwhile; without it, one pass over what is due now. */
export type Going = {
  isStopped: () => boolean
  /** Resolves when something may have become due. */
  wake?: () => Promise<void>
  /** What came of one message, as soon as it is known. */
  onOutcome?: (outcome: Outcome) => void
  /** Nothing has come back from the other side for a while, although something is in hand. */
  onSilence?: (seconds: number) => void
  /** What one pass finds of the database is known to the next. */
  absence?: Absence
}

/** Longer than this without a word from the other side while something is in hand: it is slow, and may yet answer. */
export const silent_ms = 20_000

/**
 * Sends on one channel what is due, until nothing more is or the channel cannot be used: at least once each, every attempt
 * written down before and after. While leases hold, no two workers send the same; what a worker had handed over and not yet
 * written down when it died goes out again under the same Message-ID.
 */
export async function deliverDue(
  tools: Tools,
  channel: Channel,
  worker = usualWorker,
  { isStopped, wake, onOutcome, onSilence, absence = watchAbsence(worker.lease_ms) }: Going = {
    isStopped: () => false,
  },
): Promise<Batch> {
  const { db, clock } = tools
  const hand = holdClaims(tools, { ...worker, absence })
  const settler = openSettler(tools, channel.name, { ...worker, lanes: channel.lanes, dropped: hand.drop })
  const queue = fairQueue(channel.destinations)
  const read: Renderings = new Map()
  let claimed = 0
  let in_hand = 0
  let heard_at = performance.now()
  let server_problem: string | null = null
  let is_dry = false
  let is_ended = false
  /** Grows with what went well: a worker that dies young leaves little for others to wait for. */
  const batch = () => Math.min(worker.batch_max, Math.max(4 * channel.lanes, claimed))
  let fetch_below = batch()
  let fetching: Promise<void> | undefined

  const isOver = () => server_problem !== null || settler.failed() || isStopped()
  const fetchMore = (limit: number) => {
    fetching ??= (async () => {
      const asked_at = performance.now()
      const except = queue.busy()
      const limits = { limit, lease_ms: worker.lease_ms, except }
      const claims = await claimDue(db, channel.name, clock(), limits, absence)
      const is_short = claims.length < limit
      is_dry = is_short && except.length === 0
      // What was left out is asked for again when half of what is here has gone.
      claimed += claims.length
      fetch_below = is_short ? Math.min(batch(), queue.length) / 2 : batch()
      hand.take(claims, asked_at)
      if (claims.length > 0) queue.push(await messagesOf(tools, claims, read))
    })().finally(() => {
      fetching = undefined
    })
    return fetching
  }
  /** What becomes due meanwhile does not wait until everything slow is through; the most urgent comes first. */
  const listen = async () => {
    while (wake && !is_ended) {
      await wake()
      if (is_ended || isOver()) return
      is_dry = false
      if (queue.length < 2 * worker.batch_max)
        fetchMore(queue.length <= fetch_below ? batch() : channel.lanes).catch(() => {})
      queue.nudge()
    }
  }
  const lane = async () => {
    for (;;) {
      if (server_problem !== null || settler.failed()) return
      // The next ones are fetched while the last ones go out.
      if (queue.length <= fetch_below && !is_dry && !isOver()) fetchMore(batch()).catch(() => {})
      const delivery = queue.take()
      if (delivery) await handOver(delivery)
      else if (fetching) await Promise.race([fetching, queue.changed()])
      else if (queue.length === 0 && (in_hand === 0 || isOver())) return
      else if (in_hand === 0) await leaveResting()
      else await queue.changed()
    }
  }
  const handOver = async (delivery: Claimed) => {
    // A worker that was paused past its lease must not send what another may have taken over.
    if (!hand.isOurs(delivery.delivery_id)) return queue.done(delivery, 'held')
    in_hand++
    const outcome = await channel.send(delivery.message())
    in_hand--
    heard_at = performance.now()
    onOutcome?.(outcome)
    if (outcome.is_server_lost) server_problem ??= outcome.answer
    queue.done(delivery, outcome.kind)
    await settler.add(delivery, outcome)
    await leaveResting()
  }
  const leaveResting = async () => {
    const resting = queue.resting()
    const later = new Date(clock().getTime() + (channel.destinations?.rest_ms ?? 0))
    if (resting.length === 0) return
    await putBack(
      db,
      resting.map(({ delivery_id, claims }) => ({ id: delivery_id, claims })),
      later,
      null,
    )
    for (const { delivery_id } of resting) hand.drop(delivery_id)
  }
  const watch = setInterval(() => {
    if (in_hand > 0 && performance.now() - heard_at > silent_ms) onSilence?.(silent_ms / 1000)
    if (in_hand === 0) heard_at = performance.now()
  }, 1000)

  let settled: Totals
  listen().catch(() => {})
  try {
    // All lanes end before anything is thrown, so that nothing goes out behind our back.
    const lanes = await Promise.allSettled(Array.from({ length: channel.lanes }, lane))
    // Nothing more is claimed: nobody is left to send it.
    is_ended = true
    await fetching?.catch(() => {})
    settled = await settler.close()
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    // After the channel was lost those not yet tried wait for it, without an attempt being counted.
    const untried = hand.ours()
    if (untried.length > 0)
      await putBack(db, untried, server_problem === null ? clock() : afterServerLost(clock()), server_problem)
  } finally {
    is_ended = true
    clearInterval(watch)
    hand.close()
  }
  const { failed_ids, ...counts } = settled
  await learnRefusals(tools, failed_ids)
  return { claimed, ...counts, server_problem }
}
