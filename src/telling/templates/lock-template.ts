import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** One change of a template at a time: a version that is being written would be missed by a removal, and stay behind. */
export const lockTemplate = (tx: Tx, code: string) => lock(tx, 'template', code)
