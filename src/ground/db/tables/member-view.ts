import type { Instant } from '../columns.ts'

declare module '../tables.ts' {
  /** What members see of each other by name once a board was returned, in versions, and what a second person said of each. */
  interface Tables {
    member_view: {
      version: number
      shows_functions: boolean
      shows_bcp: boolean
      shows_said_at: boolean
      shows_next_update: boolean
      reason: string
      /** Null: it came with the program. */
      made_by: string | null
      made_at: Instant
    }
    member_view_decision: {
      version: number
      decision: 'agreed' | 'refused'
      decided_by: string
      decided_at: Instant
    }
  }
}
