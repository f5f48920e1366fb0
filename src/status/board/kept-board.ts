import type { Database } from '#ground/db/database.ts'
import { openMemory } from '#ground/trail/memory.ts'
import type { Scope } from '#status/reports/index.ts'
import type { Board } from './board.ts'
import { readBoard } from './queries.ts'

/** More than are ever open at once. */
const boards_max = 8

const boards = openMemory<Board>({ entries_max: boards_max, until: ({ refresh_at }) => refresh_at })

/**
 * The same as `readBoard` on the whole database, worked out once for all who look at it between two changes. It is the whole
 * market's: what a reader may not see is left out for each of them.
 */
export async function keptBoard(whole: Database, asked: Scope & { now: Date; is_given?: boolean }): Promise<Board> {
  const { situation_id, mode, now, is_given = false } = asked
  const board = await boards(whole, `${mode} ${situation_id} ${is_given}`, now, () => readBoard(whole, asked))
  return { ...board, at: now }
}
