import type { Generated } from 'kysely'
import type { Instant, Label, Mode } from '../columns.ts'
import type { InstitutionKind, Membership } from './institutions.ts'

declare module '../tables.ts' {
  /** Notices of the authorities. */
  interface Tables {
    official_notice: {
      id: Generated<string>
      label: Generated<Label>
      situation_id: string | null
      mode: Mode
      kind: Generated<'directive' | 'request' | 'financial_measures' | 'liaison'>
      /** All of them in one line. */
      issuer: string
      issuers: Generated<string[]>
      law: Generated<string>
      /** Codes (JIS X 0401); none: everywhere. */
      prefectures: Generated<string[]>
      places: Generated<string>
      period_from: string | null
      period_to: string | null
      /** None: all. */
      to_kinds: Generated<InstitutionKind[]>
      to_memberships: Generated<Membership[]>
      follows_id: string | null
      follows_how: 'extends' | 'replaces' | null
      reference: string
      issued_on: string
      title: string
      body: string
      registered_by: string
      registered_at: Instant
      idempotency_key: string
    }
  }
}
