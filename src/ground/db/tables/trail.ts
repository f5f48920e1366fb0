import type { Bytes, Instant, Json, Label, MaybeBytes, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** What was done, and who read what. */
  interface Tables {
    trail: {
      id: string
      at: Instant
      person_id: string | null
      who: string
      institution_id: string | null
      action: string
      about: string
      mode: Mode | null
      details: Json
      previous_hash: Bytes
      hash: Bytes
      /** Null only in lines from before there were seals. */
      seal: MaybeBytes
    }
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
}
