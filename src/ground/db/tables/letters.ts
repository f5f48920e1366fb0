import type { Generated } from 'kysely'
import type { Instant, Label, MaybeInstant, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** Mails to one person each, and what came back of them. */
  interface Tables {
    letter: {
      id: Generated<string>
      address: string
      subject: string
      body: string
      about: string
      label: Label
      mode: Generated<Mode>
      purpose: string
      contact_address_id: string | null
      message_id: string
      state: Generated<'waiting' | 'sent' | 'perhaps' | 'failed' | 'bounced'>
      attempts: Generated<number>
      next_try_at: Instant
      answer: string | null
      queued_at: Instant
      sent_at: MaybeInstant
    }
    bounce: {
      id: Generated<string>
      letter_id: string | null
      delivery_id: string | null
      recipient: string
      finding: 'failed' | 'delayed' | 'other' | 'no_report' | 'unknown'
      status_code: string | null
      diagnostic: string | null
      /** How it begins, where it was not understood. */
      said: string | null
      received_at: Instant
    }
  }
}
