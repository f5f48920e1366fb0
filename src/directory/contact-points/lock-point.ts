import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** One change of an institution's contact point, or of where it works, at a time. */
export const lockPoint = (tx: Tx, institution_id: string) => lock(tx, 'contact-point', institution_id)
