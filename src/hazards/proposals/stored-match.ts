import type { Telegram } from '#hazards/telegrams/index.ts'
import type { Match } from './rule.ts'

/** One criterion that an event meets, as it was when last evaluated; this is what `proposal.matches` holds. */
export type StoredMatch = Omit<Match, 'telegram'> & {
  /** Null when it was institutions' own reports that met the criterion. */
  telegram: Match['telegram'] | null
  criterion_id: string
  criterion_version: number
  criterion_ja: string
  criterion_en: string
}

/** What brought a proposal up to date, for the people who saw it before. */
export type Change = { change_ja: string; change_en: string }
/** The telegram that has just come. */
export type Cause = { id: string; telegram: Telegram }
