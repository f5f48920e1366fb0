import type { Generated } from 'kysely'
import type { Bytes, Instant, Json, MaybeInstant, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** What the agency sent, what of it could not be read, and where it is asked for. */
  interface Tables {
    telegram: {
      id: Generated<string>
      code: string
      mode: Mode
      info_kind: 'issued' | 'corrected' | 'cancelled'
      event_key: string
      control_at: Instant
      serial: number | null
      title: string
      headline: string
      parsed: Json
      source: string
      digest: Bytes
      xml: Bytes
      received_at: Instant
    }
    rejected_telegram: {
      id: Generated<string>
      source: string
      reason_ja: string
      reason_en: string
      digest: Bytes
      content: Bytes
      received_at: Instant
    }
    feed: {
      url: string
      last_modified: string | null
      tried_at: MaybeInstant
      succeeded_at: MaybeInstant
      problem: string | null
    }
    fetched: { url: string; fetched_at: Instant }
  }
}
