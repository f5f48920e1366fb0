import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant, Mode, Once } from '../columns.ts'
import type { Means } from './contacts.ts'

export type DeliveryChannel = 'mail' | 'web_push' | 'sms' | 'voice' | 'webhook' | 'file_drop'
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'perhaps' | 'failed' | 'stopped'
/**
 * One attempt, written down twice: when it was begun, and what came of it; `claim` is the number under which a worker had the
 * delivery then. What was begun and has no second line was in the hands of a worker that died.
 */
export type DeliveryTry = {
  claim: number
  kind: 'begun' | 'sent' | 'deferred' | 'refused' | 'perhaps'
  answer?: string
  /** ISO 8601. */
  at: string
}
/** One way to reach a recipient, as it was at release; id null: it is of no directory entry. */
export type RecipientAddress = { id: string | null; means: Means; address: string }

declare module '../tables.ts' {
  /** How a notice reaches those whom it is for. */
  interface Tables {
    receipt: {
      id: Generated<string>
      notice_id: Once<string>
      mode: Once<Mode>
      institution_id: Once<string>
      ladder_id: string | null
      step: Generated<number>
      next_step_at: MaybeInstant
      opened_at: Instant
      closed_at: MaybeInstant
      /** informed: nothing was asked of it; closed from the beginning. */
      closed_how: 'answered' | 'ended' | 'informed' | null
      call_since: MaybeInstant
      /** Of the first asking of its round that the institution has not answered; null: this is it. */
      silent_since: MaybeInstant
      wanted_by: MaybeInstant
      /** Since when somebody of the institution has wanted to be rung. */
      call_wanted_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    }
    recipient: {
      id: Generated<string>
      number: ColumnType<string, never, never>
      receipt_id: Once<string>
      notice_id: Once<string>
      institution_id: Once<string>
      contact_id: Once<string>
      person_id: Once<string | null>
      rank: Once<number>
      is_primary: Once<boolean>
      name_ja: Once<string>
      name_en: Once<string | null>
      addresses: ColumnType<RecipientAddress[], string, never>
      reply_code: Once<string>
    }
    rendering: {
      notice_id: Once<string>
      channel: Once<DeliveryChannel>
      /** For those of whom nothing is asked. */
      is_informed: ColumnType<boolean, boolean | undefined, never>
      subject: Once<string>
      body: Once<string>
      html: Once<string | null>
    }
    delivery: {
      id: Generated<string>
      notice_id: Once<string>
      mode: Once<Mode>
      receipt_id: Once<string>
      recipient_id: Once<string | null>
      institution_id: Once<string>
      contact_address_id: Once<string | null>
      purpose: ColumnType<
        'notice' | 'done' | 'reply' | 'bundle',
        'notice' | 'done' | 'reply' | 'bundle' | undefined,
        never
      >
      step: Once<number>
      channel: Once<DeliveryChannel>
      address: Once<string>
      message_id: Once<string>
      /** 0 urgent, 1 important, 2 routine. */
      urgency: Once<number>
      state: Generated<DeliveryState>
      attempts: Generated<number>
      queued_at: Instant
      next_try_at: Instant
      claimed_until: MaybeInstant
      sent_at: MaybeInstant
      answer: string | null
      subject: string | null
      body: string | null
      claims: Generated<number>
      takeovers: Generated<number>
      tries: ColumnType<DeliveryTry[], string | undefined, string>
      followed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
      is_held: Generated<boolean>
      bundle_id: ColumnType<string | null, string | null | undefined, string | null>
    }
    channel_state: {
      channel: DeliveryChannel
      problem: string | null
      since: Instant
      checked_at: Instant
      handed_over_at: MaybeInstant
      /** In which way it has its problem: see the migration. */
      trouble: Generated<'lost' | 'slow' | 'doubt'>
      suspect_since: MaybeInstant
      suspect_why: string | null
    }
  }
}
