import { wordsOf } from '#directory/search/index.ts'
import { listAddress } from '#ground/lists/address.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { type Wanted, wantedIn } from '#ground/lists/wanted.ts'
import { type State, worstFirst } from '#status/reports/index.ts'
import { isOfView, type ViewName, views } from './board.ts'
import type { Line } from './line.ts'
import { type BcpColumn, bcpColumns } from './row.ts'

/** So many lines of long names are still loaded within 14 KB. */
export const lines_per_page = 30
const sought_length_max = 100

/** Which part of the list a reader asked for. It stands in the address, so a reload and a link show the same. */
export type Asked = { view: ViewName; state: State | null; bcp: BcpColumn | null; q: string; wanted: Wanted }

/** What an address asks for; what it does not know it leaves aside. */
export const askedOf = (query: Record<string, string>): Asked => ({
  view: views.find((view) => view === query.view) ?? 'infrastructure',
  state: worstFirst.find((state) => state === query.state) ?? null,
  bcp: bcpColumns.find((column) => column === query.bcp) ?? null,
  q: (query.q ?? '').trim().slice(0, sought_length_max),
  wanted: wantedIn(query),
})

/** The address of a part of the list, from the page of the board itself. */
export const addressOf = (
  path: string,
  { view, state, bcp, q, wanted }: Partial<Asked> & Pick<Asked, 'view'>,
): string => `${listAddress(path, { view, state, bcp, q }, wanted)}#list`

/** One page of the lines that were asked for, and how many pages there are. */
export const linesOf = (lines: readonly Line[], { view, state, bcp, q, wanted }: Asked) => {
  const words = wordsOf(q)
  const isSought = ({ institution: { sought } }: Line) => words.every(({ letters }) => sought.includes(letters))
  return pageOf(
    lines.filter(
      (line) =>
        (q ? isSought(line) : isOfView(view, line)) && (!state || line.overall === state) && (!bcp || line.bcp === bcp),
    ),
    wanted,
    lines_per_page,
  )
}
