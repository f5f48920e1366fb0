import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { NoticeSeverity } from '#ground/db/tables.ts'
import { type Scope, scopes } from './rules.ts'

/** Of two who save a ladder at once, the second sees what the first did. */
export const lockLadder = (tx: Tx, severity: NoticeSeverity, scope: Scope) => lock(tx, 'ladder', severity, scope)

/** All ladders of a severity: nobody changes one of them until the end of the transaction. */
export async function lockLadders(tx: Tx, severity: NoticeSeverity) {
  for (const scope of scopes) await lockLadder(tx, severity, scope)
}
