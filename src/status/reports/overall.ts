import type { Condition, Damage, FunctionCode } from '#ground/db/tables.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'

/**
 * How something stands on the board. Not reported and not asked are states of their own and never count as normal. no_functions: it
 * has reported, and has no function that could stand somehow.
 */
export type State = Condition | 'not_reported' | 'not_asked' | 'no_functions'

/**
 * Trouble that is known, then what nobody knows, then what goes on by other means, then what is back, then what never stopped. On the
 * alternative the function is there, and nothing stands behind it any more: better than disrupted, worse than back (0052).
 */
export const worstFirst = [
  'stopped',
  'partial',
  'unknown',
  'not_reported',
  'not_asked',
  'alternative',
  'resumed',
  'normal',
  'no_functions',
] as const satisfies readonly State[]

export const worst = (states: readonly State[]): State | null =>
  worstFirst.find((state) => states.includes(state)) ?? null

/** Whether it is something that an institution itself says of a function. */
export const isCondition = (state: State): state is Condition =>
  state !== 'not_reported' && state !== 'not_asked' && state !== 'no_functions'

const worstDamageFirst = ['severe', 'partial', 'unknown', 'none'] as const

export const worstDamage = (report: Record<(typeof damageFields)[number], Damage>): Damage =>
  worstDamageFirst.find((damage) => damageFields.some((field) => report[field] === damage)) ?? 'unknown'

type Reported = Record<FunctionCode, Condition | null> & Record<(typeof damageFields)[number], Damage>

const conditionOfDamage = { none: 'normal', partial: 'partial', severe: 'stopped', unknown: 'unknown' } as const

/** The worst condition of an institution's functions; of one that has none, such as an authority, its worst damage. */
export function overall(report: Reported): Condition {
  const conditions = functionCodes.flatMap((code) => report[code] ?? [])
  const found = worst(conditions)
  return found && isCondition(found) ? found : conditionOfDamage[worstDamage(report)]
}
