import type { ColumnType, Generated } from 'kysely'
import type { MaybeInstant, Once } from '../columns.ts'

export type ReplyFinding =
  | 'taken'
  | 'again'
  | 'unclear'
  | 'no_code'
  | 'late'
  | 'over'
  | 'other_sender'
  | 'removed'
  | 'unknown'
  | 'automatic'

declare module '../tables.ts' {
  /** What people wrote back, or pressed behind a link and was not taken. */
  interface Tables {
    reply: {
      id: Generated<string>
      channel: Once<'mail' | 'sms' | 'link'>
      message_id: Once<string>
      sender: Once<string>
      subject: Once<string>
      text: Once<string>
      /** Which button behind a link; null: it was written. */
      pressed: ColumnType<string | null, string | null | undefined, never>
      finding: Once<ReplyFinding>
      recipient_id: Once<string | null>
      receipt_id: Once<string | null>
      received_at: Once<Date>
      settled_how: 'answered' | 'set_aside' | null
      settled_by: string | null
      settled_at: MaybeInstant
    }
  }
}
