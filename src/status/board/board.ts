import { type Tally, tallyOf } from '#delivery/answers/index.ts'
import type { FunctionCode, Market } from '#ground/db/tables.ts'
import type { Last } from '#ground/market/last-said.tsx'
import { functionCodes, markets } from '#ground/market/words.ts'
import { type State, saidAt, worstFirst } from '#status/reports/index.ts'
import { type Line, lineOf } from './line.ts'
import { type BcpColumn, type BoardInstitution, type BoardRow, bcpColumns } from './row.ts'

export type Cell = {
  market: Market
  function_code: FunctionCode
  /** Institutions that take part in the market and have the function; the counts add up to it. */
  total: number
  counts: Record<State, number>
  /** Worst condition of any; null where no institution has the function. */
  worst: State | null
  /** Since when the first of the expired reports no longer holds; they count as unknown. */
  unknown_since: Date | null
  /** The worst that any of those said last. */
  last: Last | null
  oldest_at: Date | null
  newest_at: Date | null
  /** Whose word the cell is, when it is one institution's only. */
  only: Pick<BoardInstitution, 'id' | 'name_ja' | 'name_en' | 'is_infrastructure'> | null
}

export const views = ['infrastructure', 'participants'] as const
export type ViewName = (typeof views)[number]
/** One of the two views (S0-34): how many of its institutions stand how. Each group of counts adds up to the total. */
export type View = {
  view: ViewName
  total: number
  /** Of those: how many were asked, and have reported. */
  tally: Tally
  overall: Record<State, number>
  bcp: Record<BcpColumn, number>
  command_centres: number
}

export type Board = {
  /** The moment for which the board holds. */
  at: Date
  cells: Cell[]
  views: Record<ViewName, View>
  /** Trouble first. */
  lines: Line[]
  /** When the next report expires and the board changes by the mere passing of time. */
  refresh_at: Date | null
}

/** Counts what institutions last said, as it holds at `now`: what has expired is unknown, what was never said is not reported. */
export function boardOf(rows: readonly BoardRow[], now: Date): Board {
  const all = rows.map(({ institution, ...said }) => ({ institution, line: lineOf(institution, said, now) }))
  const lines = all.map(({ line }) => line).sort(byTrouble)
  const ahead = lines.flatMap(({ next_update_at }) => (next_update_at && next_update_at > now ? next_update_at : []))
  return {
    at: now,
    cells: cellsOf(all),
    views: {
      infrastructure: viewOf('infrastructure', lines),
      participants: viewOf('participants', lines),
    },
    lines,
    refresh_at: earliest(ahead),
  }
}

export const isOfView = (view: ViewName, { institution }: Line) =>
  institution.is_infrastructure === (view === 'infrastructure')

/** Every market with every function, filled in one pass over the institutions. */
function cellsOf(all: readonly { institution: BoardInstitution; line: Line }[]): Cell[] {
  const cells = markets.map((market) => functionCodes.map((code) => emptyCell(market, code)))
  for (const { institution, line } of all)
    for (const market of institution.markets)
      for (const own of line.functions)
        addTo(cells[markets.indexOf(market)]?.[functionCodes.indexOf(own.code)], own, institution, line)
  return cells.flat().map((cell) => ({ ...cell, worst: worstFirst.find((state) => cell.counts[state] > 0) ?? null }))
}

const emptyCell = (market: Market, function_code: FunctionCode): Cell => ({
  market,
  function_code,
  total: 0,
  counts: countOf(worstFirst, []),
  worst: null,
  unknown_since: null,
  last: null,
  oldest_at: null,
  newest_at: null,
  only: null,
})

function addTo(cell: Cell | undefined, own: Line['functions'][number], institution: BoardInstitution, line: Line) {
  if (!cell) return
  const { state, last } = own
  const { reported_at, written_at, unknown_since } = line
  const said_at = reported_at && saidAt({ reported_at, written_at })
  cell.only = cell.total === 0 ? institution : null
  cell.total++
  cell.counts[state]++
  cell.unknown_since = earlier(cell.unknown_since, unknown_since)
  if (last && line.last) cell.last = worseLast(cell.last, { condition: last, at: line.last.at })
  cell.oldest_at = earlier(cell.oldest_at, said_at)
  if (said_at && (!cell.newest_at || said_at > cell.newest_at)) cell.newest_at = said_at
}

const worseLast = (one: Last | null, other: Last): Last =>
  one && worstFirst.indexOf(one.condition) <= worstFirst.indexOf(other.condition) ? one : other

const earlier = (one: Date | null, other: Date | null) => (one && other ? (one <= other ? one : other) : (one ?? other))

function viewOf(view: ViewName, lines: readonly Line[]): View {
  const here = lines.filter((line) => isOfView(view, line))
  return {
    view,
    total: here.length,
    tally: tallyOf(here.map(({ is_asked, reported_at }) => ({ is_asked, has_reported: reported_at !== null }))),
    overall: countOf(
      worstFirst,
      here.map((line) => line.overall),
    ),
    bcp: countOf(
      bcpColumns,
      here.map((line) => line.bcp),
    ),
    command_centres: here.filter((line) => line.command_centre === 'set_up').length,
  }
}

function countOf<Name extends string>(names: readonly Name[], found: readonly Name[]): Record<Name, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  for (const name of found) counts[name]++
  return counts
}

const earliest = (times: readonly Date[]): Date | null =>
  times.reduce<Date | null>((first, at) => earlier(first, at), null)

const urgency: readonly Line['concern'][] = [
  'stopped',
  'partial',
  'unknown',
  'not_reported',
  'alternative',
  'damaged',
  'resumed',
  'normal',
  'no_functions',
  'not_asked',
]

/** Trouble first, the worst first; then who has fallen silent, by the worst that they last said; then who has said nothing. */
export const byTrouble = (a: Line, b: Line) =>
  urgency.indexOf(a.concern) - urgency.indexOf(b.concern) ||
  lastWord(a) - lastWord(b) ||
  (a.institution.code < b.institution.code ? -1 : 1)

const lastWord = ({ last }: Line) => (last ? worstFirst.indexOf(last.condition) : worstFirst.length)
