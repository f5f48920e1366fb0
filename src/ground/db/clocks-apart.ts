import { sql } from 'kysely'
import type { Database } from './database.ts'

/** More than this is no delay of the answer: somebody has set a clock wrongly. */
export const apart_ms_max = 5_000

/**
 * How far the database's clock, by which everybody lives, is ahead of this machine's, in ms; null when they agree as well as can be
 * told. One of the two is wrong, and the database's is believed.
 */
export async function clocksApart(db: Database, now: () => number = Date.now): Promise<number | null> {
  const asked_at = now()
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(db)
  const answered_at = now()
  const apart = (rows[0]?.at ?? asked_at) - (asked_at + answered_at) / 2
  return Math.abs(apart) > apart_ms_max + (answered_at - asked_at) / 2 ? Math.round(apart) : null
}
