import type { Generated } from 'kysely'
import type { Bytes, Instant } from '../columns.ts'

declare module '../tables.ts' {
  interface Tables {
    /** What was typed into a form and sent when the session was over. */
    kept_form: { id: Generated<string>; key_hash: Bytes; person_id: string; sealed: Bytes; kept_at: Instant }
  }
}
