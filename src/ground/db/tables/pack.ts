import type { Generated } from 'kysely'
import type { Bytes, Instant } from '../columns.ts'

declare module '../tables.ts' {
  /** The offline pack as it was last made. */
  interface Tables {
    pack: {
      id: Generated<string>
      made_at: Instant
      made_by: string | null
      pages: number
      institutions: number
      contacts: number
      digest: Bytes
      content: Bytes
    }
  }
}
