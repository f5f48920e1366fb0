import type { Condition, Damage, FunctionCode } from '#ground/db/tables.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'

/** How something stands on the board. Not reported and not asked are states of their own and never count as normal. */
export type State = Condition | 'not_reported' | 'not_asked'

/** Trouble that is known, then what nobody knows, then what is back, then what never stopped. */
export const worstFirst = ['stopped', 'partial', 'unknown', 'not_reported', 'not_asked', 'resumed', 'normal'] as const

export const worst = (states: readonly State[]): State | null =>
  worstFirst.find((state) => states.includes(state)) ?? null

const worstDamageFirst = ['severe', 'partial', 'unknown', 'none'] as const

export const worstDamage = (report: Record<(typeof damageFields)[number], Damage>): Damage =>
  worstDamageFirst.find((damage) => damageFields.some((field) => report[field] === damage)) ?? 'unknown'

type Reported = Record<FunctionCode, Condition | null> & Record<(typeof damageFields)[number], Damage>

const conditionOfDamage = { none: 'normal', partial: 'partial', severe: 'stopped', unknown: 'unknown' } as const

/** The worst condition of an institution's functions; of one that has none, such as an authority, its worst damage. */
export function overall(report: Reported): Condition {
  const conditions = functionCodes.flatMap((code) => report[code] ?? [])
  const found = worst(conditions)
  return found && found !== 'not_reported' && found !== 'not_asked' ? found : conditionOfDamage[worstDamage(report)]
}
