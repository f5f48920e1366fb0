import type { Generated } from 'kysely'
import type { Instant, JsonOf } from '../columns.ts'
import type { DeliveryChannel } from './deliveries.ts'
import type { NoticeSeverity } from './notices.ts'

export type LadderStep = {
  after_minutes: number
  to: 'primary' | 'deputies' | 'all'
  channels: (DeliveryChannel | 'call')[]
}

declare module '../tables.ts' {
  /** Who is tried when, and by which channels. */
  interface Tables {
    ladder: {
      id: Generated<string>
      severity: NoticeSeverity
      scope: 'all' | 'infrastructure' | 'participants'
      version: number
      steps: JsonOf<LadderStep[]>
      made_by: string | null
      made_at: Instant
    }
    /** The newest version of each. */
    ladder_now: Tables['ladder']
  }
}
