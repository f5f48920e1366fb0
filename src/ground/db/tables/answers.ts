import type { ColumnType, Generated } from 'kysely'
import type { Instant, Mode, Once } from '../columns.ts'

export type Via = 'portal' | 'link' | 'mail' | 'sms' | 'call' | 'file'

declare module '../tables.ts' {
  /** What institutions answer. */
  interface Tables {
    answer: {
      id: Generated<string>
      receipt_id: Once<string>
      mode: Once<Mode>
      notice_id: Once<string>
      institution_id: Once<string>
      is_first: boolean
      given: Once<'acknowledged' | 'choice' | 'report'>
      choice: Once<number | null>
      text: Generated<string>
      report_id: Once<string | null>
      via: Once<Via>
      answered_by: Once<string | null>
      recipient_id: Once<string | null>
      is_on_behalf: Generated<boolean>
      answered_at: Instant
      /** By whoever gave it, within minutes. */
      taken_back_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    }
  }
}
