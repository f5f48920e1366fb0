import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { Mode } from '#ground/db/tables.ts'

/** One step at a time of what is decided about a market in a mode; without a mode, of who decides and by which criteria. */
export const lockMarket = (tx: Tx, market: string, mode: Mode | null) => lock(tx, 'activation', market, mode)
