import type { Generated } from 'kysely'
import type { Bytes, Instant, MaybeInstant } from './columns.ts'

/** What the channels beside mail keep: browsers that take notifications, and webhooks. */
export interface ChannelTables {
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
  webhook_endpoint: {
    contact_address_id: string
    institution_id: string
    generation: Generated<number>
    rotated_at: MaybeInstant
    disabled_at: MaybeInstant
    disabled_reason: string | null
  }
}
