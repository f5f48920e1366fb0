import { type State, worstFirst } from '#status/reports/index.ts'
import { isOfView, type ViewName, views } from './board.ts'
import type { Line } from './line.ts'
import { type BcpColumn, bcpColumns } from './row.ts'

export const lines_per_page = 50

/** Which part of the list a reader asked for. It stands in the address, so a reload and a link show the same. */
export type Asked = { view: ViewName; state: State | null; bcp: BcpColumn | null; page: number }

/** What an address asks for; what it does not know it leaves aside. */
export const askedOf = (query: Record<string, string>): Asked => ({
  view: views.find((view) => view === query.view) ?? 'infrastructure',
  state: worstFirst.find((state) => state === query.state) ?? null,
  bcp: bcpColumns.find((column) => column === query.bcp) ?? null,
  page: /^[1-9]\d{0,3}$/.test(query.page ?? '') ? Number(query.page) : 1,
})

/** The address of a part of the list, from the page of the board itself. */
export function addressOf(path: string, { view, state, bcp, page }: Partial<Asked> & Pick<Asked, 'view'>): string {
  const query = new URLSearchParams({ view })
  if (state) query.set('state', state)
  if (bcp) query.set('bcp', bcp)
  if (page && page > 1) query.set('page', String(page))
  return `${path}?${query}#list`
}

/** One page of the lines that were asked for, and how many pages there are. */
export function pageOf(lines: readonly Line[], { view, state, bcp, page }: Asked) {
  const found = lines.filter(
    (line) => isOfView(view, line) && (!state || line.overall === state) && (!bcp || line.bcp === bcp),
  )
  const pages = Math.max(1, Math.ceil(found.length / lines_per_page))
  const number = Math.min(page, pages)
  return {
    lines: found.slice((number - 1) * lines_per_page, number * lines_per_page),
    count: found.length,
    page: number,
    pages,
  }
}
