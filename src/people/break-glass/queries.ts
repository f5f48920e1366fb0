import type { Database } from '#ground/db/database.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

const day_ms = 86_400_000
/** How long a use stands on the home page of the desk. */
const loud_days = 7
/** A set that nobody has tried for longer may not work when it must. */
const drill_days_max = 365
export const left_min = 3
const sets_max = 20

/** The codes of the set that counts, what became of each, the sets before it, and what is to be done about them. */
export async function readRegister(db: Database, by: Person, at: Date) {
  must(by, 'rights.see')
  const sets = await db
    .selectFrom('break_glass_set')
    .innerJoin('person', 'person.id', 'break_glass_set.sealed_by')
    .select(['break_glass_set.id', 'break_glass_set.number', 'break_glass_set.sealed_at', 'break_glass_set.voided_at'])
    .select(['person.name_ja', 'person.name_en'])
    .orderBy('break_glass_set.number', 'desc')
    .limit(sets_max)
    .execute()
  const current = sets.find(({ voided_at }) => !voided_at) ?? null
  const codes = current ? await usesOf(db).where('set_id', '=', current.id).orderBy('number').execute() : []
  const drilled = await usesOf(db)
    .where('used_mode', '=', 'exercise')
    .orderBy('used_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const left = codes.filter(({ used_at }) => !used_at).length
  const drilled_at = drilled?.used_at ?? null
  return {
    sets,
    current,
    codes,
    left,
    drilled_at,
    isScarce: current !== null && left < left_min,
    isUntested: drilled_at === null || at.getTime() - drilled_at.getTime() > drill_days_max * day_ms,
  }
}
export type Register = Awaited<ReturnType<typeof readRegister>>

/** Real uses of the last days, newest first: for those who may see them, on their home page. */
export async function recentUses(db: Database, at: Date) {
  const uses = await usesOf(db)
    .where('used_mode', '=', 'actual')
    .where('used_at', '>', new Date(at.getTime() - loud_days * day_ms))
    .orderBy('used_at', 'desc')
    .limit(5)
    .execute()
  return uses.flatMap(({ used_at, ...use }) => (used_at ? { ...use, used_at } : []))
}
export type Use = Awaited<ReturnType<typeof recentUses>>[number]

const usesOf = (db: Database) =>
  db
    .selectFrom('break_glass_code')
    .leftJoin('person', 'person.id', 'break_glass_code.used_by')
    .select(['break_glass_code.number', 'used_at', 'used_mode', 'reason', 'person.name_ja', 'person.name_en'])
