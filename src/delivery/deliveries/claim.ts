import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import { takeovers_max } from '#ground/mail/retry.ts'

/** A delivery in one worker's hands. The number of the claim tells it from any other, before or after. */
export type Claim = { id: string; claims: number }

/** What has waited longer than this is not sent any more, whatever kept it: it ends as stopped, and stands there so. */
export const old_hours = 25
export const oldBefore = (at: Date) => new Date(at.getTime() - old_hours * 3_600_000)

type Limits = {
  limit: number
  lease_ms: number
  /** Destinations (what stands behind the @) that are to be left alone this time. */
  except?: readonly string[]
}

// Leases run by the database's clock: those of several machines may differ by more than a lease is long.
const inMs = (ms: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1000})`

/**
 * Takes up to `limit` deliveries of a channel that are due, or whose worker died, and counts the attempt before it is made.
 * Several workers may call at once: none gets a row that another holds. Urgent ones go first, then who has waited longest.
 */
export async function claimDue(db: Database, channel: ChannelName, at: Date, limits: Limits): Promise<Claim[]> {
  const waiting = await claimingWaiting(db, channel, at, limits).execute()
  const limit = limits.limit - waiting.length
  if (limit <= 0) return waiting
  return [...waiting, ...(await claimingLeft(db, channel, at, { ...limits, limit }).execute())]
}

export const claimingWaiting = (db: Database, channel: ChannelName, at: Date, limits: Limits) =>
  claim(db, channel, at, limits, (from) =>
    from
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', at)
      .where('is_held', '=', false)
      .orderBy('urgency')
      .orderBy('next_try_at'),
  )

export const claimingLeft = (db: Database, channel: ChannelName, at: Date, limits: Limits) =>
  claim(db, channel, at, limits, (from) =>
    from
      .where('state', '=', 'sending')
      .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
      .where('takeovers', '<', takeovers_max)
      .orderBy('claimed_until'),
  )

const fromDelivery = (db: Pick<Database, 'selectFrom'>) => db.selectFrom('delivery')

const claim = (
  db: Database,
  channel: ChannelName,
  at: Date,
  { limit, lease_ms, except = [] }: Limits,
  which: (from: ReturnType<typeof fromDelivery>) => ReturnType<typeof fromDelivery>,
) =>
  db
    .with('due', (cte) =>
      which(fromDelivery(cte))
        .where('channel', '=', channel)
        .where('queued_at', '>', oldBefore(at))
        .$if(except.length > 0, (from) =>
          from.where(sql<boolean>`lower(split_part(address, '@', 2)) <> all(${[...except]}::text[])`),
        )
        .select('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('delivery')
    .from('due')
    .whereRef('delivery.id', '=', 'due.id')
    .set((eb) => ({
      state: 'sending',
      claims: eb('delivery.claims', '+', 1),
      attempts: eb('delivery.attempts', '+', 1),
      takeovers: sql<number>`delivery.takeovers + (delivery.state = 'sending')::int`,
      claimed_until: inMs(lease_ms),
    }))
    .returning(['delivery.id', 'delivery.claims'])

/** Holds claims for longer; gives those that are still ours. */
export const renewClaims = (db: Database, claims: readonly Claim[], lease_ms: number): Promise<Claim[]> =>
  stillOurs(db, claims)
    .set({ claimed_until: inMs(lease_ms) })
    .returning(['delivery.id', 'delivery.claims'])
    .execute()

/** Puts claims back that were never tried, with what kept them waiting; the attempt is not counted. */
export const putBack = (db: Database, claims: readonly Claim[], next_try_at: Date, answer: string | null) =>
  stillOurs(db, claims)
    .set((eb) => ({
      state: 'waiting',
      attempts: eb('delivery.attempts', '-', 1),
      claimed_until: null,
      next_try_at,
      ...(answer !== null && { answer }),
    }))
    .execute()

const stillOurs = (db: Database, claims: readonly Claim[]) =>
  db
    .updateTable('delivery')
    .from(
      sql<Claim>`unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ claims }) => claims)}::int[])`.as<'ours'>(
        sql`ours(id, claims)`,
      ),
    )
    .whereRef('delivery.id', '=', 'ours.id')
    .whereRef('delivery.claims', '=', 'ours.claims')
    .where('state', '=', 'sending')
