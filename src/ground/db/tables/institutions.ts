import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant } from '../columns.ts'

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
/** Of which class of members (会員区分) of the association. */
export type Membership = 'member' | 'specific_business_member' | 'special_member' | 'non_member'
export type Market = 'exchange' | 'off_exchange' | 'bonds'
export type FunctionCode = 'order_trading' | 'clearing' | 'settlement' | 'custody' | 'market_data' | 'funds'

declare module '../tables.ts' {
  /** Who takes part in the market. */
  interface Tables {
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
      /** Where nothing is said it follows from the kind, in the database. */
      membership: Generated<Membership>
      /** Of a row of `district_now`. */
      district_code: string | null
      registration_kind: Generated<string>
      registration_number: Generated<string>
      /** An institution of the kind regulator. */
      supervised_by: string | null
      /** Whether it is asked to report and to answer; else it is informed. Where nothing is said it follows from the kind. */
      is_asked: Generated<boolean>
      confirmed_at: MaybeInstant
      confirmed_by: string | null
      is_infrastructure: ColumnType<boolean, never, never>
      /** Everything it is called, folded, for searching. */
      sought: ColumnType<string, never, never>
      idempotency_key: ColumnType<string | null, string | undefined, never>
    }
    /** District associations, in versions. */
    district: {
      code: string
      version: number
      name_ja: string
      name_en: string
      /** Null: it came with the demo. */
      made_by: string | null
      made_at: Instant
    }
    district_now: Tables['district']
    institution_market: { institution_id: string; market: Market }
    institution_function: { institution_id: string; function_code: FunctionCode }
    site: {
      id: Generated<string>
      institution_id: string
      kind: 'head_office' | 'data_centre' | 'backup_data_centre' | 'alternate_office' | 'branch'
      address: string
      area_code: string
    }
  }
}
