import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Tools } from '#app/tools.ts'
import type { ChannelName } from '#channels/index.ts'
import { isUnreachable } from '#db/database.ts'
import { afterAttempt, type Outcome } from '#mail/index.ts'
import { record } from '#trail/index.ts'
import type { Claimed } from './messages.ts'

export type EndState = ReturnType<typeof afterAttempt>['state']
export type Settled = { message: Claimed; state: EndState }

/** Outcomes are written together when so many have come in, or after so long: a write for each would cost more than the mail. */
const together_max = 50
const together_ms = 20
const tell_ms = 1000
const tries_ms = 250

/**
 * Writes outcomes down as they come in, many in one statement, and tells the trail of them at most once a second.
 * `dropped` hears of each delivery that is written (or was taken over by another worker meanwhile) and needs no lease any more.
 */
export function openSettler(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  channel: ChannelName,
  { settle_tries_max, dropped }: { settle_tries_max: number; dropped: (id: string) => void },
) {
  let buffer: { message: Claimed; outcome: Outcome }[] = []
  const untold: Settled[] = []
  const all: Settled[] = []
  let timer: NodeJS.Timeout | undefined
  let told_at = performance.now()
  let writing = Promise.resolve()
  let failure: unknown

  const write = async (batch: typeof buffer) => {
    const at = clock()
    const rows = batch.map(({ message, outcome }) => {
      const { state, next_try_at, counts } = afterAttempt(outcome, message.attempts, at)
      return { message, outcome, state, next_try_at, counts }
    })
    // An attempt that does not count leaves its number to the next claim, so a late second write could hit that one.
    for (const counts of [true, false]) {
      const some = rows.filter((row) => row.counts === counts)
      if (some.length === 0) continue
      const { answer: written, tries } = await insist(() => writeRows(some, at), counts ? settle_tries_max : 1)
      for (const { message, state } of some) {
        dropped(message.delivery_id)
        // None: written the first time without our hearing of it, or taken over.
        if (written.has(message.delivery_id) || tries > 1) untold.push({ message, state })
      }
    }
    if (performance.now() - told_at > tell_ms) await tell()
  }

  const writeRows = async (
    rows: { message: Claimed; outcome: Outcome; state: EndState; next_try_at: Date; counts: boolean }[],
    at: Date,
  ) => {
    const told = JSON.stringify(
      rows.map(({ message, outcome, state, next_try_at, counts }) => ({
        id: message.delivery_id,
        attempts: message.attempts,
        left: counts ? message.attempts : message.attempts - 1,
        state,
        next_try_at,
        sent_at: state === 'sent' ? at : null,
        answer: outcome.answer,
      })),
    )
    const { rows: written } = await sql<{ id: string }>`
      update delivery set state = told.state, next_try_at = told.next_try_at, attempts = told.left, claimed_until = null,
        answer = told.answer, sent_at = told.sent_at
      from jsonb_to_recordset(${told}::jsonb) as told(id uuid, attempts int, "left" int, state text, next_try_at timestamptz,
        sent_at timestamptz, answer text)
      where delivery.id = told.id and delivery.attempts = told.attempts and delivery.state = 'sending'
      returning delivery.id`.execute(db)
    return new Set(written.map(({ id }) => id))
  }

  const tell = async () => {
    told_at = performance.now()
    const some = untold.splice(0)
    if (some.length === 0) return
    all.push(...some)
    await insist(() => tellOutcome({ db, clock }, channel, some), settle_tries_max)
  }

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const batch = buffer
    buffer = []
    if (batch.length > 0) writing = writing.then(() => write(batch)).catch((error: unknown) => void (failure ??= error))
    return writing
  }

  return {
    /** Resolves when it is buffered; waits while too much is unwritten, so that a slow database slows the sending. */
    async add(message: Claimed, outcome: Outcome) {
      buffer.push({ message, outcome })
      if (buffer.length >= together_max) await flush()
      else timer ??= setTimeout(flush, together_ms)
    },
    /** Resolves when everything is written and told; throws what kept anything from being written. */
    async close(): Promise<Settled[]> {
      await flush()
      if (failure === undefined) await tell()
      if (failure !== undefined) throw failure
      return all
    },
    failed: () => failure !== undefined,
  }
}

/** What happened must not be forgotten because the database was away for a moment: tried again, a quarter of a second apart. */
async function insist<T>(write: () => Promise<T>, tries_max: number): Promise<{ answer: T; tries: number }> {
  for (let tries = 1; ; tries++) {
    try {
      return { answer: await write(), tries }
    } catch (error) {
      if (tries >= tries_max || !isUnreachable(error)) throw error
      await wait(tries_ms)
    }
  }
}

/** One line of the trail for each notice and result; what only has to wait longer is told to open pages, no more. */
async function tellOutcome(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  channel: ChannelName,
  settled: readonly Settled[],
) {
  const at = clock()
  await db.transaction().execute(async (tx) => {
    for (const [notice_id, of_notice] of Map.groupBy(settled, ({ message }) => message.notice_id)) {
      const [{ message }] = of_notice as [Settled]
      const line = { about: `/notices/${notice_id}`, mode: message.mode }
      const count = (wanted: EndState) => of_notice.filter(({ state }) => state === wanted).length
      const lost_ones = of_notice.filter(({ state }) => state === 'failed' || state === 'perhaps')
      if (count('sent') > 0)
        await record(tx, { program: 'deliveries' }, at, {
          ...line,
          action: 'delivery.sent',
          details: { channel, sent: count('sent') },
        })
      if (lost_ones.length > 0)
        await record(tx, { program: 'deliveries' }, at, {
          ...line,
          action: 'delivery.failed',
          details: {
            channel,
            failed: count('failed'),
            perhaps: count('perhaps'),
            institution_ids: [...new Set(lost_ones.map(({ message }) => message.institution_id))].sort(),
          },
        })
      if (count('waiting') === of_notice.length) await sql`select pg_notify('changed', ${line.about})`.execute(tx)
    }
  })
}
