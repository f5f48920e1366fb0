import type { GeneratedAlways } from 'kysely'
import type { Instant, MaybeInstant, Mode, Once } from '../columns.ts'

/** `corrected`: that an earlier entry was an error. */
export type ActivationStep = 'activated' | 'lifted' | 'corrected'

type Activation = {
  id: Once<string>
  mode: Once<Mode>
  market: Once<string>
  step: Once<ActivationStep>
  corrects: Once<string | null>
  institution_id: Once<string>
  body_version: Once<number>
  body_ja: Once<string>
  body_en: Once<string>
  is_on_behalf: Once<boolean>
  situation_id: Once<string | null>
  criterion_version: Once<number | null>
  decided_at: Instant
  effective_at: Instant
  reason: Once<string>
  put_forward_by: Once<string>
  put_forward_at: Instant
  outcome: 'confirmed' | 'withdrawn' | null
  settled_by: string | null
  settled_at: MaybeInstant
}

declare module '../tables.ts' {
  /** What was decided about the BCP of each market, by whom, and by which criteria. */
  interface Tables {
    deciding_body: {
      market: Once<string>
      version: Once<number>
      institution_id: Once<string>
      body_ja: Once<string>
      body_en: Once<string>
      procedure_ja: Once<string>
      procedure_en: Once<string>
      reason: Once<string>
      made_by: Once<string>
      made_at: Instant
      outcome: 'agreed' | 'dropped' | null
      settled_by: string | null
      settled_at: MaybeInstant
    }
    /** The version in force of each market. */
    deciding_body_now: Tables['deciding_body']
    activation_criterion: {
      market: Once<string>
      version: Once<number>
      activating_ja: Once<string>
      activating_en: Once<string>
      lifting_ja: Once<string>
      lifting_en: Once<string>
      agreed_with_ja: Once<string>
      agreed_with_en: Once<string>
      /** A civil day. */
      effective_on: Once<string>
      reason: Once<string>
      made_by: Once<string>
      made_at: Instant
    }
    activation: Activation & {
      /** The order in which the steps were put forward. */
      place: GeneratedAlways<string>
    }
    /** What was confirmed and is no error; nth 1 is the last word of a market. */
    activation_standing: Activation & {
      place: string
      nth: number
    }
  }
}
