import type { Instant } from './columns.ts'
import type { Label } from './tables-access.ts'

/** Who read what. */
export interface RightsTables {
  reading: {
    person_id: string
    /** A day of the market, YYYY-MM-DD. */
    day: string
    /** Path of the page. */
    about: string
    label: Label
    first_at: Instant
    last_at: Instant
    times: number
  }
}
