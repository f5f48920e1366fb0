import type { Generated } from 'kysely'
import type { Bytes, Instant, MaybeInstant } from '../columns.ts'

declare module '../tables.ts' {
  /** Browsers that take notifications. */
  interface Tables {
    push_subscription: {
      id: Generated<string>
      person_id: string
      institution_id: string
      endpoint: string
      p256dh: Bytes
      auth: Bytes
      device_name: string
      created_at: Instant
      last_sent_at: MaybeInstant
      ended_at: MaybeInstant
      ended_reason: 'by_person' | 'gone' | 'replaced' | 'other_person' | null
    }
  }
}
