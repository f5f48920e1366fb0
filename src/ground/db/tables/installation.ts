import type { Generated } from 'kysely'
import type { Instant } from '../columns.ts'

declare module '../tables.ts' {
  interface Tables {
    /** What this database is used with; one row. */
    installation: {
      is_only: Generated<boolean>
      mode: 'demo' | 'production'
      secret_mark: string
      cluster: string | null
      beat_at: Instant | null
      written_at: Instant | null
    }
    /** Times in which nothing went out until the desk said so. */
    held_sending: {
      id: Generated<string>
      /** `silence`: the background work had stood still for hours. `copy`: this is a copy of another database. */
      reason: 'silence' | 'copy'
      silent_since: Instant
      held_at: Instant
      released_by: string | null
      released_at: Instant | null
    }
  }
}
