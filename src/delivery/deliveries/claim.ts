import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import { takeovers_max } from '#ground/mail/retry.ts'
import { type Absence, watchAbsence } from './absence.ts'

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
 * Takes up to `limit` deliveries of a channel that are due, or whose worker died, and writes the attempt down before it is made.
 * Several workers may call at once: none gets a row that another holds. Urgent ones go first, then who has waited longest.
 * While the database was away no lease could be renewed and no outcome written: nobody is taken for dead just after that.
 */
export async function claimDue(
  db: Database,
  channel: ChannelName,
  at: Date,
  limits: Limits,
  absence: Absence = watchAbsence(limits.lease_ms),
): Promise<Claim[]> {
  const waiting = await absence.during(() => claimingWaiting(db, channel, at, limits).execute())
  const limit = limits.limit - waiting.length
  if (limit <= 0 || absence.isJustBack()) return waiting
  const left = await absence.during(() => seekingLeft(db, channel).executeTakeFirst())
  if (!left || absence.isJustBack()) return waiting
  return [...waiting, ...(await claimingLeft(db, channel, at, { ...limits, limit, seen_at: left.at }).execute())]
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

/** Whether some worker seems to be dead, and when that was looked at, by the database's clock. */
const seekingLeft = (db: Database, channel: ChannelName) =>
  db
    .selectFrom('delivery')
    .where('channel', '=', channel)
    .where('state', '=', 'sending')
    .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
    .select(sql<Date>`clock_timestamp()`.as('at'))
    .limit(1)

/** Takes over; not when the database was away between `seen_at` and now, for then the leases ran out in its absence. */
export const claimingLeft = (db: Database, channel: ChannelName, at: Date, limits: Limits & { seen_at: Date }) =>
  claim(db, channel, at, limits, (from) =>
    from
      .where('state', '=', 'sending')
      .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
      .where(
        sql<boolean>`clock_timestamp() < ${limits.seen_at}::timestamptz + make_interval(secs => ${limits.lease_ms / 2000})`,
      )
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
      tries: sql<string>`delivery.tries ||
        jsonb_build_object('claim', delivery.claims + 1, 'kind', 'begun', 'at', ${at.toISOString()}::text)`,
    }))
    .returning(['delivery.id', 'delivery.claims'])

/** Takes back that the attempt of the present claim was begun: nothing was handed over. */
export const withoutBegun = sql<string>`jsonb_path_query_array(delivery.tries, '$[*] ? (@.kind != "begun" || @.claim != $claim)',
  jsonb_build_object('claim', delivery.claims))`

/** Holds claims for longer; gives those that are still ours. */
export const renewClaims = (db: Database, claims: readonly Claim[], lease_ms: number): Promise<Claim[]> =>
  stillOurs(db, claims)
    .set({ claimed_until: inMs(lease_ms) })
    .returning(['delivery.id', 'delivery.claims'])
    .execute()

/** Puts claims back that were never tried, with what kept them waiting; the attempt is neither counted nor kept. */
export const putBack = (db: Database, claims: readonly Claim[], next_try_at: Date, answer: string | null) =>
  stillOurs(db, claims)
    .set((eb) => ({
      state: 'waiting',
      attempts: eb('delivery.attempts', '-', 1),
      claimed_until: null,
      next_try_at,
      tries: withoutBegun,
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
