/** Nobody turns as many pages; a greater number would only make the database count. */
const page_max = 10_000

/** So many rows a page has at most: a market of several times the size on one paper, and nothing that a database is felled by. */
export const rows_max = 2_000

/**
 * Which part of a list an address asks for: a page, from 1, and how many rows a page is to have: all that there are (for
 * paper), another number, or null, the list's own.
 */
export type Wanted = { page: number; size: number | 'all' | null }

export const firstPage: Wanted = { page: 1, size: null }

/** The page that a text asks for, from 1; whatever is no such number asks for the first. */
export const pageIn = (text = ''): number => Math.min(page_max, Math.max(1, Number.parseInt(text, 10) || 1))

/** What the fields of an address ask for; anything strange in them counts as not asked for. */
export function wantedIn({ page, rows }: Record<string, string | undefined>): Wanted {
  if (rows === 'all') return { page: 1, size: 'all' }
  return { page: pageIn(page), size: /^[1-9]\d{0,3}$/.test(rows ?? '') ? Math.min(rows_max, Number(rows)) : null }
}

/** The part of a list that the address asks for. */
export const partAsked = (c: { req: { query(): Record<string, string> } }): Wanted => wantedIn(c.req.query())

/** How many rows stand before that part, and how many it may have. */
export function windowOf({ page, size }: Wanted, per_page: number) {
  const limit = size === 'all' ? rows_max : (size ?? per_page)
  return { offset: (page - 1) * limit, limit }
}
