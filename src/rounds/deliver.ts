import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Tools } from '#app/tools.ts'
import { isUnreachable } from '#db/database.ts'
import { afterAttempt, afterServerLost, connections_max, type MailTransport, type Outcome } from '#mail/index.ts'
import { record } from '#trail/index.ts'
import { type Claim, claimDue, endHopeless, putBack, renewClaims } from './claim-deliveries.ts'
import { composeMail } from './compose-mail.ts'
import { type ClaimedLetter, lettersOf } from './letters.ts'

/** How one worker goes about it; tests make it small. */
export type Worker = { batch_max: number; lease_ms: number; renew_ms: number; settle_tries_max: number }
export const usualWorker: Worker = { batch_max: 100, lease_ms: 10_000, renew_ms: 3000, settle_tries_max: 40 }

export type Batch = {
  claimed: number
  sent: number
  waiting: number
  perhaps: number
  failed: number
  /** What the mail server said when it could not be used; null when it could. */
  server_problem: string | null
}

type Settled = { letter: ClaimedLetter; state: 'sent' | 'waiting' | 'perhaps' | 'failed' }

/**
 * Sends what is due, at least once, and writes down every attempt before and after.
 * While leases hold, no two workers send the same mail; after a crash it goes out again under the same Message-ID.
 */
export async function deliverDue(tools: Tools, transport: MailTransport, worker = usualWorker): Promise<Batch> {
  const { db, clock } = tools
  await endHopeless(tools)
  const claimed_until = new Date(clock().getTime() + worker.lease_ms)
  const claims = await claimDue(db, clock(), { limit: worker.batch_max, lease_ms: worker.lease_ms })
  if (claims.length === 0) return summary([], 0, null)

  const hand = holdClaims(tools, claims, claimed_until, worker)
  const settled: Settled[] = []
  let server_problem: string | null = null
  try {
    const queue = await lettersOf(db, claims)
    const lane = async () => {
      for (let letter = queue.shift(); letter && server_problem === null; letter = queue.shift()) {
        // A worker that was paused past its lease must not send what another may have taken over.
        if (!hand.isOurs(letter)) continue
        const outcome = await transport.send({
          ...letter,
          ...composeMail({ ...letter, origin: tools.origin }),
          date: clock(),
        })
        if (outcome.is_server_lost) server_problem ??= outcome.answer
        const state = await settle(tools, letter, outcome, worker.settle_tries_max)
        hand.drop(letter)
        if (state) settled.push({ letter, state })
      }
    }
    // All lanes end before anything is thrown, so that no mail goes out behind our back.
    const lanes = await Promise.allSettled(Array.from({ length: connections_max }, lane))
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
    // Only after the server was lost: those not yet tried wait for it without an attempt being counted.
    const untried = claims.filter(hand.isOurs)
    if (untried.length > 0) await putBack(db, untried, afterServerLost(clock()), server_problem)
  } finally {
    hand.close()
  }
  await insist(() => tellOutcome(tools, settled), worker.settle_tries_max)
  return summary(settled, claims.length, server_problem)
}

/** Keeps the lease of everything not yet settled, and knows what is still ours. */
function holdClaims(
  { db, clock }: Tools,
  claims: readonly Claim[],
  claimed_until: Date,
  { lease_ms, renew_ms }: Worker,
) {
  let until = claimed_until
  const held = new Map(claims.map((claim) => [claim.id, claim]))
  const renew = setInterval(async () => {
    const claimed = [...held.values()]
    if (claimed.length === 0) return
    const next = new Date(clock().getTime() + lease_ms)
    // When the database is away the lease runs out, and with it our right to send.
    const ours = await renewClaims(db, claimed, next).catch(() => null)
    if (!ours) return
    const still = new Set(ours.map(({ id }) => id))
    for (const { id } of claimed) if (!still.has(id)) held.delete(id)
    until = next
  }, renew_ms)
  return {
    isOurs: ({ id }: { id: string }) => held.has(id) && clock() < until,
    drop: ({ id }: { id: string }) => held.delete(id),
    close: () => clearInterval(renew),
  }
}

/** Writes the outcome down; undefined when another worker has taken the delivery over meanwhile. */
async function settle({ db, clock }: Tools, letter: ClaimedLetter, outcome: Outcome, tries_max: number) {
  const at = clock()
  const { state, next_try_at, counts } = afterAttempt(outcome, letter.attempts, at)
  const write = () =>
    db
      .updateTable('delivery')
      .set({
        state,
        next_try_at,
        attempts: counts ? letter.attempts : letter.attempts - 1,
        claimed_until: null,
        answer: outcome.answer,
        sent_at: state === 'sent' ? at : null,
      })
      .where('id', '=', letter.id)
      .where('attempts', '=', letter.attempts)
      .where('state', '=', 'sending')
      .executeTakeFirstOrThrow()
  // An attempt that does not count leaves its number to the next claim, so a late second write could hit that one.
  const { answer: numUpdatedRows, tries } = await insist(
    async () => (await write()).numUpdatedRows,
    counts ? tries_max : 1,
  )
  // None: written the first time without our hearing of it, or taken over.
  return numUpdatedRows === 1n || tries > 1 ? state : undefined
}

/** What happened must not be forgotten because the database was away for a moment: tried again, a quarter of a second apart. */
async function insist<T>(write: () => Promise<T>, tries_max: number): Promise<{ answer: T; tries: number }> {
  for (let tries = 1; ; tries++) {
    try {
      return { answer: await write(), tries }
    } catch (error) {
      if (tries >= tries_max || !isUnreachable(error)) throw error
      await wait(250)
    }
  }
}

/** One line of the trail for each round and result; a mail that only has to wait longer is told to open pages, no more. */
async function tellOutcome({ db, clock }: Tools, settled: readonly Settled[]) {
  if (settled.length === 0) return
  const at = clock()
  await db.transaction().execute(async (tx) => {
    for (const of_round of Map.groupBy(settled, ({ letter }) => letter.round_id).values()) {
      const [{ letter }] = of_round as [Settled]
      const line = { about: `/situations/${letter.situation.id}`, mode: letter.mode }
      const count = (wanted: Settled['state']) => of_round.filter(({ state }) => state === wanted).length
      const { round_id } = letter
      const lost_ones = of_round.filter(({ state }) => state === 'failed' || state === 'perhaps')
      const institution_ids = [...new Set(lost_ones.map(({ letter }) => letter.institution_id))].sort()
      if (count('sent') > 0)
        await record(tx, { program: 'rounds' }, at, {
          ...line,
          action: 'delivery.sent',
          details: { round_id, sent: count('sent') },
        })
      if (lost_ones.length > 0)
        await record(tx, { program: 'rounds' }, at, {
          ...line,
          action: 'delivery.failed',
          details: { round_id, failed: count('failed'), perhaps: count('perhaps'), institution_ids },
        })
      if (count('waiting') === of_round.length) await sql`select pg_notify('changed', ${line.about})`.execute(tx)
    }
  })
}

function summary(settled: readonly Settled[], claimed: number, server_problem: string | null): Batch {
  const batch = { claimed, sent: 0, waiting: 0, perhaps: 0, failed: 0, server_problem }
  for (const { state } of settled) batch[state]++
  return batch
}
