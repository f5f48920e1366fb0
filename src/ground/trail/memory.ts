import { type SqlBool, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { dayAt } from '#ground/html/day.tsx'
import type { Action } from './actions.ts'

/** What goes on all the time and changes nothing that institutions are, are asked or say. Whatever is not named here may. */
const passing: readonly Action[] = [
  'sign-in.succeeded',
  'sign-in.refused',
  'sign-in.confirmed',
  'sign-out.done',
  'session.expired',
  'access.denied',
  'step.taken',
  'delivery.sent',
  'delivery.failed',
  'delivery.bundled',
]

type Entry<Value> = {
  /** Nothing is in it that was recorded later. */
  seen: bigint
  at: Date
  /** From then on time itself has changed it. */
  until: Date | null
  value: Promise<Value>
}

/**
 * Keeps what was worked out of the whole database, for all who ask for the same: it is worked out once, and anew once anything
 * was recorded that may have changed it, by whichever process. Every change leaves its line in the trail within its own
 * transaction, so the end of the trail says it exactly, with nothing to be missed in between. A new civil day, and a clock
 * that was set back, change everything.
 */
export function openMemory<Value>({
  entries_max,
  until = () => null,
}: {
  entries_max: number
  until?: (value: Value) => Date | null
}) {
  const memories = new WeakMap<Database, Map<string, Entry<Value>>>()

  return async (whole: Database, key: string, now: Date, work: () => Promise<Value>): Promise<Value> => {
    const entries = memories.get(whole) ?? new Map<string, Entry<Value>>()
    memories.set(whole, entries)
    const known = entries.get(key)
    const { end, has_changed } = await since(whole, known?.seen ?? null)
    // Somebody else may have begun it anew meanwhile.
    const newest = entries.get(key)
    const has_all = newest && (newest.seen >= end || (newest === known && !has_changed))
    if (newest && has_all && isTimely(newest, now)) {
      if (newest.seen < end) newest.seen = end
      return newest.value
    }
    const entry: Entry<Value> = { seen: end, at: now, until: null, value: work() }
    entries.delete(key)
    entries.set(key, entry)
    for (const oldest of [...entries.keys()].slice(0, -entries_max)) entries.delete(oldest)
    try {
      const value = await entry.value
      entry.until = until(value)
      return value
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key)
      throw error
    }
  }
}

const isTimely = ({ at, until }: Pick<Entry<unknown>, 'at' | 'until'>, now: Date) =>
  now >= at && (until === null || now < until) && dayAt(now) === dayAt(at)

/** Where the trail ends, and whether anything that matters was recorded after this line. */
async function since(whole: Database, seen: bigint | null) {
  const { rows } = await sql<{ end: string; has_changed: SqlBool }>`
    select coalesce((select max(id) from trail), 0) as end, exists (select from trail
      where id > ${String(seen ?? 0)}::bigint and action <> all(${[...passing]}::text[])) as has_changed`.execute(whole)
  return { end: BigInt(rows[0]?.end ?? 0), has_changed: rows[0]?.has_changed !== false }
}
