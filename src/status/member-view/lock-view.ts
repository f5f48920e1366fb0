import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'

/** One change of what members see at a time: what is proposed and what is put in force are versions of one thing. */
export const lockView = (tx: Tx) => lock(tx, 'member-view')
