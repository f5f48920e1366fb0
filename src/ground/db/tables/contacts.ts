import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant, Once } from '../columns.ts'

export type Duty = 'bcp' | 'executive' | 'system_risk' | 'communications' | 'funding' | 'settlement'
/** When a contact can be reached: on business days by day, at night, on days without business. */
export type Hours = 'business' | 'night' | 'holiday'
export type Means = 'mail' | 'mobile' | 'phone' | 'priority_phone' | 'satellite' | 'fax' | 'web_push' | 'webhook'
type Contact = {
  id: Generated<string>
  institution_id: string
  rank: number
  name_ja: string
  name_en: string | null
  reading: Generated<string>
  title: Generated<string>
  duties: Generated<Duty[]>
  hours: Generated<Hours[]>
  first_responder: Generated<('night' | 'holiday')[]>
  called_by: string | null
  person_id: string | null
  confirmed_at: MaybeInstant
  confirmed_by: string | null
  changed_at: Generated<Date>
  removed_at: MaybeInstant
}

declare module '../tables.ts' {
  /** How the people of an institution are reached, and whether that has been proved. */
  interface Tables {
    /** `version` counts the changes of the entry; `sought` is everything the contact is called, folded, for searching. */
    contact: Contact & {
      version: Generated<number>
      sought: ColumnType<string, never, never>
      /** What they were sent before this no longer answers for the institution. */
      links_voided_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    }
    /** The current contacts with their first usable mail and first number; a view. */
    contact_card: Contact & {
      mail: ColumnType<string | null, never, never>
      phone: ColumnType<string | null, never, never>
    }
    contact_address: {
      id: Generated<string>
      contact_id: string
      institution_id: string
      means: Means
      address: string
      extension: Generated<string>
      look: string
      rank: number
      is_role_mailbox: Generated<boolean>
      person_behind: Generated<string>
      verified_at: MaybeInstant
      tested_at: MaybeInstant
      quarantined_at: MaybeInstant
      quarantine_reason: string | null
      /** When a server last refused it as unknown, and in which words; stopped or not. */
      refused_at: MaybeInstant
      refusal: string | null
      removed_at: MaybeInstant
      sought: ColumnType<string, never, never>
    }
    address_code: {
      id: string
      contact_address_id: string
      institution_id: string
      /** Keyed with the program's secret: the code cannot be found by trying all of them. */
      code_hash: Buffer
      sent_by: string
      sent_at: Instant
      expires_at: Instant
      tries: Generated<number>
      ended_at: MaybeInstant
    }
    address_test: {
      id: Generated<string>
      scope: 'all' | 'untested' | 'chosen'
      addresses: Once<number>
      institutions: Once<number>
      started_by: string
      started_at: Instant
      idempotency_key: string
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
}
