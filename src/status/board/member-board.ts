import { isCondition, worst } from '#status/reports/index.ts'
import { type Board, byTrouble } from './board.ts'
import type { Line } from './line.ts'

/**
 * What an institution sees of a board that was returned to it (還元, S0-10): every count, the infrastructure by name with
 * its conditions and BCP, and its own line whole. No other participant by name, nobody else's damage, people or plans.
 */
export function memberBoard(board: Board, institution_id: string): Board {
  const isSeen = (of: { id: string; is_infrastructure: boolean }) => of.is_infrastructure || of.id === institution_id
  const isOwn = ({ institution }: Line) => institution.id === institution_id
  return {
    ...board,
    cells: board.cells.map((cell) => ({ ...cell, only: cell.only && isSeen(cell.only) ? cell.only : null })),
    lines: board.lines
      .filter(({ institution }) => isSeen(institution))
      .map((line) => (isOwn(line) ? line : told(line)))
      .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || byTrouble(a, b)),
  }
}

/** Neither the order of the list nor the condition of an authority, which has no functions, tells of its damage. */
function told(line: Line): Line {
  const state = line.report_id ? (worst(line.functions.map((each) => each.state)) ?? 'no_functions') : line.overall
  const last = worst(line.functions.flatMap((each) => each.last ?? []))
  return {
    ...line,
    last: line.last && {
      ...line.last,
      condition: last !== null && isCondition(last) ? last : 'unknown',
    },
    report_id: null,
    reported_by_ja: null,
    reported_by_en: null,
    via: null,
    is_on_behalf: false,
    answers_asking: null,
    awaited: null,
    overall: state,
    concern: state,
    damage: null,
    command_centre: null,
    resumption_at: null,
    alternative: null,
  }
}
