import type { ActivationStep } from '#ground/db/tables/activations.ts'

export type Step = Exclude<ActivationStep, 'corrected'>

/** What stands of a step: when it was decided, and from when it holds. */
export type Standing = { step: ActivationStep; decided_at: Date; effective_at: Date }

/** How a market's BCP stands at a moment; `coming`: what is decided and does not hold yet, the next first. */
export type State<Row extends Standing> = {
  state: 'not_activated' | Step
  /** The word that it rests on; null while there is none. */
  last: Row | null
  coming: Row[]
}

/** The state at a moment, from what stands, the newest word first. Pure. */
export function stateAt<Row extends Standing>(standing: readonly Row[], now: Date): State<Row> {
  const last = standing.find(({ effective_at }) => effective_at <= now) ?? null
  const coming = standing.filter(({ effective_at }) => effective_at > now).reverse()
  return { state: last?.step === 'activated' || last?.step === 'lifted' ? last.step : 'not_activated', last, coming }
}

/** Why a step cannot follow what stands. */
export type Refused =
  | 'future'
  | 'before_decision'
  | 'older'
  | 'already'
  | 'not_activated'
  | 'before_began'
  | 'overtakes'

/** A clock that is a little ahead of ours is no reason to refuse. */
export const ahead_ms_max = 60_000

/**
 * Whether a step can follow the last word of its market (undefined: there is none): it was decided by now and not before that word, holds from no
 * earlier, and is not what stands already. Pure.
 */
export function judgeStep(
  last: Standing | undefined,
  { step, decided_at, effective_at }: Standing & { step: Step },
  now: Date,
): Refused | null {
  if (decided_at.getTime() > now.getTime() + ahead_ms_max) return 'future'
  if (effective_at < decided_at) return 'before_decision'
  if (step === 'lifted' && last?.step !== 'activated') return 'not_activated'
  if (step === 'activated' && last?.step === 'activated') return 'already'
  if (last && decided_at < last.decided_at) return 'older'
  if (last && effective_at < last.effective_at) return step === 'lifted' ? 'before_began' : 'overtakes'
  return null
}
