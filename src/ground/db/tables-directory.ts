import type { ColumnType, Generated } from 'kysely'
import type { MaybeInstant } from './columns.ts'

export type InstitutionKind =
  | 'association'
  | 'exchange'
  | 'pts'
  | 'clearing_equities'
  | 'clearing_bonds'
  | 'depository'
  | 'central_bank'
  | 'regulator'
  | 'securities_firm'
  | 'special_member'
export type Market = 'exchange' | 'off_exchange' | 'bonds'
export type FunctionCode = 'order_trading' | 'clearing' | 'settlement' | 'custody' | 'market_data' | 'funds'
export type Duty = 'bcp' | 'executive' | 'system_risk' | 'communications' | 'funding' | 'settlement'
/** When a contact can be reached: on business days by day, at night, on days without business. */
export type Hours = 'business' | 'night' | 'holiday'
export type Means = 'mail' | 'mobile' | 'phone' | 'priority_phone' | 'satellite' | 'fax' | 'web_push' | 'webhook'

/** Who takes part in the market and how its people are reached. */
export interface DirectoryTables {
  institution: {
    id: Generated<string>
    code: string
    kind: InstitutionKind
    name_ja: string
    name_en: string
    active_from: Generated<string>
    active_to: string | null
    reading: Generated<string>
    lei: string | null
    mic: string | null
    parent_id: string | null
    confirmed_at: MaybeInstant
    confirmed_by: string | null
    is_infrastructure: ColumnType<boolean, never, never>
    /** Everything it is called, folded, for searching. */
    sought: ColumnType<string, never, never>
    idempotency_key: ColumnType<string | null, string | undefined, never>
  }
  institution_market: { institution_id: string; market: Market }
  institution_function: { institution_id: string; function_code: FunctionCode }
  site: {
    id: Generated<string>
    institution_id: string
    kind: 'head_office' | 'data_centre' | 'backup_data_centre' | 'alternate_office' | 'branch'
    address: string
    area_code: string
  }
  /** `version` counts the changes of the entry; `sought` is everything the contact is called, folded, for searching. */
  contact: Contact & { version: Generated<number>; sought: ColumnType<string, never, never> }
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
    removed_at: MaybeInstant
    sought: ColumnType<string, never, never>
  }
}

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
