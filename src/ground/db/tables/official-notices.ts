import type { Generated } from 'kysely'
import type { Instant, Label, Mode } from '../columns.ts'

declare module '../tables.ts' {
  /** Notices of the authorities. */
  interface Tables {
    official_notice: {
      id: Generated<string>
      label: Generated<Label>
      situation_id: string | null
      mode: Mode
      issuer: string
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
