import { sql } from 'kysely'
import { whatWaits } from '#command-centre/workspace/index.ts'
import type { Hub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Who has not worked for so long does not know what was settled meanwhile by other ways. */
export const silence_hours_max = 3
const beat_ms = 10_000

type Sending = { problem(): string | null; stop(): Promise<void> }

/**
 * Notes that the background work is alive, and sends only while nothing holds it: after hours of silence, or on a copy of a
 * database, what waits goes out when the desk says so and not before.
 */
export function keepSending({
  tools,
  hub,
  report,
  start,
}: {
  tools: Pick<Tools, 'db' | 'clock'>
  hub: Pick<Hub, 'subscribe'>
  report: (error: unknown) => void
  start: () => Sending
}) {
  let sending: Sending | null = null
  let is_held = false
  let is_closed = false
  let running: Promise<void> = Promise.resolve()
  const look = async () => {
    try {
      is_held = await beat(tools)
      if (is_closed) return
      if (is_held) await stop()
      else sending ??= start()
    } catch (error) {
      report(error)
    }
  }
  const stop = async () => {
    await sending?.stop()
    sending = null
  }
  const inTurn = () => (running = running.then(look))
  const unsubscribe = hub.subscribe('/home', inTurn)
  const timer = setInterval(inTurn, beat_ms)
  return {
    begun: inTurn(),
    isHeld: () => is_held || sending === null,
    problem: () => (is_held ? 'sending is held until the desk says go' : (sending?.problem() ?? null)),
    async close() {
      is_closed = true
      unsubscribe()
      clearInterval(timer)
      await running
      await stop()
    },
  }
}

/** Notes that the background work is alive; whether it is to hold what waits. */
export async function beat({ db, clock }: Pick<Tools, 'db' | 'clock'>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      beat_at: Date | null
      is_copy: boolean | null
      is_silent: boolean | null
      cluster: string
      now: Date
    }>`
      select beat_at, cluster <> here as is_copy, here as cluster, clock_timestamp() as now,
        clock_timestamp() - beat_at > make_interval(hours => ${silence_hours_max}) as is_silent
      from installation, lateral (select system_identifier || ' ' || oid as here
        from pg_control_system(), pg_database where datname = current_database()) as this for update of installation`.execute(
      tx,
    )
    const last = rows[0]
    if (!last) return false
    await tx.updateTable('installation').set({ beat_at: last.now, cluster: last.cluster }).execute()
    const at = clock()
    const reason = last.is_copy ? 'copy' : last.is_silent ? 'silence' : null
    if (reason && last.beat_at) {
      const waiting = await whatWaits(tx, at)
      const held = Object.values(waiting).some((count) => count > 0)
        ? await tx
            .insertInto('held_sending')
            .values({ reason, silent_since: last.beat_at, held_at: at })
            .onConflict((conflict) => conflict.doNothing())
            .returning('id')
            .executeTakeFirst()
        : undefined
      const details = { reason, silent_since: last.beat_at.toISOString(), ...waiting }
      if (held) await record(tx, { program: 'deliveries' }, at, { action: 'sending.held', about: '/home', details })
    }
    const open = await tx.selectFrom('held_sending').where('released_at', 'is', null).select('id').executeTakeFirst()
    return open !== undefined
  })
}
