import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelName } from '#ground/channels/channel.ts'
import { isUnreachable } from '#ground/db/database.ts'
import { afterAttempt } from '#ground/mail/retry.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { Claimed } from './messages.ts'
import type { Settled, Totals } from './settled.ts'
import { tellOutcome } from './tell-outcome.ts'
import { type Done, writeOutcomes } from './write-outcomes.ts'

/**
 * Handed over, or in hand, and not yet written down: never more than this in one worker. It is how many may go out a second
 * time when the worker dies; whoever takes over cannot know them from those that were not handed over.
 */
export const unwritten_max = 50

/** Outcomes are written together when so many have come in, or after so long: a write for each would cost more than the mail. */
const together_max = 30
/** While one waits for the disk, the next goes out: together no more than there is room for. */
const writes_max = 2
const together_ms = 50
const tell_ms = 1000
const tries_ms = 250

/**
 * Writes outcomes down as they come in, many in one statement, and tells the trail of them at most once a second.
 * `dropped` hears of each delivery that is written (or was taken over by another worker meanwhile) and needs no lease any more.
 */
export function openSettler(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  channel: ChannelName,
  { lanes, settle_tries_max, dropped }: { lanes: number; settle_tries_max: number; dropped: (id: string) => void },
) {
  const buffer: Done[] = []
  let unwritten = 0
  const untold: Settled[] = []
  const totals: Totals = { sent: 0, waiting: 0, perhaps: 0, failed: 0, failed_ids: [] }
  let timer: NodeJS.Timeout | undefined
  let told_at = performance.now()
  const writing = new Set<Promise<unknown>>()
  let failure: unknown

  const write = async (batch: readonly Done[]) => {
    const doubled = await insist(() => writeOutcomes(db, batch), settle_tries_max)
    unwritten -= batch.length
    for (const { delivery, state } of batch) {
      dropped(delivery.delivery_id)
      if (!doubled.has(delivery.delivery_id)) untold.push({ delivery, state })
    }
    if (doubled.size > 0) {
      const twice = batch.filter(({ delivery }) => doubled.has(delivery.delivery_id))
      await insist(() => tellOutcome({ db, clock }, channel, twice, { is_twice: true }), settle_tries_max)
    }
    if (performance.now() - told_at > tell_ms) await tell()
  }

  const tell = async () => {
    told_at = performance.now()
    const some = untold.splice(0)
    if (some.length === 0) return
    for (const { delivery, state } of some) {
      totals[state]++
      if (state === 'failed') totals.failed_ids.push(delivery.delivery_id)
    }
    await insist(() => tellOutcome({ db, clock }, channel, some), settle_tries_max)
  }

  /** Writes what has come in, unless enough is being written: then it goes together with what comes in meanwhile. */
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    if (buffer.length > 0 && writing.size < writes_max) {
      const written: Promise<unknown> = write(buffer.splice(0))
        .catch((error: unknown) => void (failure ??= error))
        .finally(() => {
          writing.delete(written)
          flushSoon()
        })
      writing.add(written)
    }
    if (writing.size > 0) await Promise.race(writing)
  }
  const flushSoon = () => {
    if (buffer.length >= together_max) flush()
    else if (buffer.length > 0) timer ??= setTimeout(flush, together_ms)
  }

  return {
    /** Resolves when it is noted and there is room for one more in hand, so that a slow database slows the sending. */
    async add(delivery: Claimed, outcome: Outcome) {
      const at = clock()
      unwritten++
      const after = afterAttempt(outcome, delivery.attempts, at, { ...delivery, channel })
      buffer.push({ delivery, outcome, at, ...after })
      flushSoon()
      while (unwritten > unwritten_max - lanes && failure === undefined) await flush()
    },
    /** Resolves when everything is written and told; throws what kept anything from being written. */
    async close(): Promise<Totals> {
      while (writing.size > 0 || buffer.length > 0) await flush()
      if (failure === undefined) await tell()
      if (failure !== undefined) throw failure
      return totals
    },
    failed: () => failure !== undefined,
  }
}

/** What happened must not be forgotten because the database was away for a moment: tried again, a quarter of a second apart. */
async function insist<T>(write: () => Promise<T>, tries_max: number): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (tries >= tries_max || !isUnreachable(error)) throw error
      await wait(tries_ms)
    }
  }
}
