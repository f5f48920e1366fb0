import type { Pages } from '#ground/html/pagination.tsx'

/** Nobody turns as many pages; a greater number would only make the database count. */
const page_max = 10_000

/** The page that a text asks for, from 1; whatever is no such number asks for the first. */
export const pageIn = (text = ''): number => Math.min(page_max, Math.max(1, Number.parseInt(text, 10) || 1))

/** The page of a list that the address asks for, from 1. */
export const pageAsked = (c: { req: { query(name: string): string | undefined } }): number =>
  pageIn(c.req.query('page'))

/** The rows of one page, and what is known of the others. */
export type Paged<Row> = { rows: Row[] } & Pages
/** One page of a list whose length is known. */
export type Counted<Row> = { rows: Row[]; count: number; page: number; pages: number }

/** What of a query is needed here: it knows its order, and this says how much of it. */
type Query<Row> = { limit(rows: number): Query<Row>; offset(rows: number): Query<Row>; execute(): Promise<Row[]> }

/** One page of what a query finds, and whether there is another; one more row is read to know it. */
export async function paged<Row>(query: Query<Row>, page: number, per_page: number) {
  const rows = await query
    .offset((page - 1) * per_page)
    .limit(per_page + 1)
    .execute()
  return { rows: rows.slice(0, per_page), page, has_more: rows.length > per_page }
}

/** How many pages there are, and which of them is shown: behind the last one stands the last. */
export function pageWithin(count: number, page: number, per_page: number) {
  const pages = Math.max(1, Math.ceil(count / per_page))
  return { page: Math.min(page, pages), pages }
}

/** One page of a query that finds so many rows. */
export async function counted<Row>(
  query: Query<Row>,
  count: number,
  wanted: number,
  per_page: number,
): Promise<Counted<Row>> {
  const { page, pages } = pageWithin(count, wanted, per_page)
  const rows = await query
    .offset((page - 1) * per_page)
    .limit(per_page)
    .execute()
  return { rows, count, page, pages }
}

/** One page of rows that are all at hand. */
export function pageOf<Row>(all: readonly Row[], wanted: number, per_page: number): Counted<Row> {
  const { page, pages } = pageWithin(all.length, wanted, per_page)
  return { rows: all.slice((page - 1) * per_page, page * per_page), count: all.length, page, pages }
}
