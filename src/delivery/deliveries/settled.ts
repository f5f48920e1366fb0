import type { afterAttempt } from '#ground/mail/retry.ts'
import type { Claimed } from './messages.ts'

export type EndState = ReturnType<typeof afterAttempt>['state']
/** A delivery, and what became of it in this pass. */
export type Settled = { delivery: Claimed; state: EndState }
/** What became of a pass. */
export type Totals = Record<EndState, number> & { failed_ids: string[] }
