import { sql } from 'kysely'
import type { ChannelName } from '#channels/index.ts'
import type { Database } from '#db/database.ts'
import { takeovers_max } from '#mail/index.ts'

/** A delivery in one worker's hands. The number of the attempt tells this claim from any later one. */
export type Claim = { id: string; attempts: number }

type Limits = { limit: number; lease_ms: number }

// Leases run by the database's clock: those of several machines may differ by more than a lease is long.
const inMs = (ms: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1000})`

/**
 * Takes up to `limit` deliveries of a channel that are due, or whose worker died, and counts the attempt before it is made.
 * Several workers may call at once: none gets a row that another holds. Urgent ones go first, then who has waited longest.
 */
export async function claimDue(db: Database, channel: ChannelName, at: Date, limits: Limits): Promise<Claim[]> {
  const waiting = await claim(db, limits, (from) =>
    from
      .where('channel', '=', channel)
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', at)
      .orderBy('urgency')
      .orderBy('next_try_at'),
  )
  const limit = limits.limit - waiting.length
  if (limit <= 0) return waiting
  const left = await claim(db, { ...limits, limit }, (from) =>
    from
      .where('channel', '=', channel)
      .where('state', '=', 'sending')
      .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
      .where('attempts', '<', takeovers_max)
      .orderBy('claimed_until'),
  )
  return [...waiting, ...left]
}

const fromDelivery = (db: Pick<Database, 'selectFrom'>) => db.selectFrom('delivery')

const claim = (
  db: Database,
  { limit, lease_ms }: Limits,
  which: (from: ReturnType<typeof fromDelivery>) => ReturnType<typeof fromDelivery>,
) =>
  db
    .with('due', (cte) => which(fromDelivery(cte)).select('id').limit(limit).forUpdate().skipLocked())
    .updateTable('delivery')
    .from('due')
    .whereRef('delivery.id', '=', 'due.id')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('delivery.attempts', '+', 1),
      claimed_until: inMs(lease_ms),
    }))
    .returning(['delivery.id', 'delivery.attempts'])
    .execute()

/** Holds claims for longer; gives those that are still ours. */
export const renewClaims = (db: Database, claims: readonly Claim[], lease_ms: number): Promise<Claim[]> =>
  db
    .updateTable('delivery')
    .set({ claimed_until: inMs(lease_ms) })
    .where('state', '=', 'sending')
    .where((eb) =>
      eb(
        eb.refTuple('id', 'attempts'),
        'in',
        claims.map(({ id, attempts }) => eb.tuple(id, attempts)),
      ),
    )
    .returning(['id', 'attempts'])
    .execute()

/** Puts claims back that were never tried, with what kept them waiting; the attempt is not counted. */
export const putBack = (db: Database, claims: readonly Claim[], next_try_at: Date, answer: string | null) =>
  db
    .updateTable('delivery')
    .set((eb) => ({ state: 'waiting', attempts: eb('attempts', '-', 1), claimed_until: null, next_try_at, answer }))
    .where('state', '=', 'sending')
    .where((eb) =>
      eb(
        eb.refTuple('id', 'attempts'),
        'in',
        claims.map(({ id, attempts }) => eb.tuple(id, attempts)),
      ),
    )
    .execute()
