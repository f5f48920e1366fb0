import { sql } from 'kysely'
import type { Database } from './database.ts'

/** How fast the clock follows when the database's goes another way: 1 in 1,000, so that 30 minutes are never 2 s more or less. */
const slew = 1 / 1000
const measure_ms = 10_000
/** An answer that took longer than this says too little of when the clock was read. */
const answer_ms_max = 500

export type SteadyClock = {
  now(): Date
  /** Looks at the database's clock now, as it does every few seconds by itself. */
  measure(): Promise<void>
  close(): void
}

type Clocks = {
  /** The time of the database, in ms since 1970. */
  of_database: () => Promise<number>
  /** Goes on evenly whatever is done to clocks; from any beginning. */
  even: () => number
}

/**
 * One time for all machines: the database's, carried on evenly, so that it neither jumps nor goes back when a clock is set.
 * It follows the database's clock only slowly; a program that starts takes it as it is. Fails when the database cannot be asked.
 */
export async function openSteadyClock(db: Database, clocks: Clocks = clocksOf(db)): Promise<SteadyClock> {
  const { even } = clocks
  let offset = await askOffset(clocks, Number.POSITIVE_INFINITY)
  let measured_at = even()
  const measure = async () => {
    const wanted = await askOffset(clocks, answer_ms_max).catch(() => Number.NaN)
    const passed = even() - measured_at
    if (Number.isNaN(wanted)) return
    measured_at += passed
    offset += Math.max(-passed * slew, Math.min(passed * slew, wanted - offset))
  }
  const timer = setInterval(measure, measure_ms).unref()
  return { now: () => new Date(even() + offset), measure, close: () => clearInterval(timer) }
}

/** What is to be added to the even clock; NaN when the database took too long to say. */
async function askOffset({ of_database, even }: Clocks, ms_max: number): Promise<number> {
  const asked_at = even()
  const at = await of_database()
  const took = even() - asked_at
  return took > ms_max ? Number.NaN : at - (asked_at + took / 2)
}

const clocksOf = (db: Database): Clocks => ({
  async of_database() {
    const { rows } = await sql<{ at: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(db)
    return rows[0]?.at ?? Number.NaN
  },
  even: () => performance.now(),
})
