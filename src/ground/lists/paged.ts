import { type SelectQueryBuilder, sql } from 'kysely'
import { type Wanted, windowOf } from './wanted.ts'

/** Which part of a list this is, and how many rows stand before it; of one that nobody counted, whether there are more. */
export type Pages = Wanted & { offset: number } & ({ count: number; pages: number } | { has_more: boolean })
/** The rows of one part, and what is known of the others. */
export type Paged<Row> = { rows: Row[] } & Pages
/** One part of a list whose length is known. */
export type Counted<Row> = { rows: Row[] } & Extract<Pages, { count: number }>

/** One part of what a query finds, and whether there is more; one more row is read to know it. Only who wants all is told how many. */
export async function paged<DB, Tables extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  wanted: Wanted,
  per_page: number,
): Promise<Paged<Row>> {
  const { offset, limit } = windowOf(wanted, per_page)
  const found = (await query
    .offset(offset)
    .limit(limit + 1)
    .execute()) as Row[]
  const rows = found.slice(0, limit)
  const has_more = found.length > limit
  if (wanted.size !== 'all') return { ...wanted, rows, offset, has_more }
  return { ...wanted, rows, offset, count: has_more ? await countOf(query) : rows.length, pages: 1 }
}

/** How many rows a query finds: a second look, for lists that are longer than any paper. */
async function countOf<DB, Tables extends keyof DB, Row>(query: SelectQueryBuilder<DB, Tables, Row>): Promise<number> {
  const found = await query.select(sql<number>`(count(*) over ())::int`.as('every')).limit(1).executeTakeFirst()
  return (found as { every: number } | undefined)?.every ?? 0
}

/** Which part of so many rows is shown, and which rows to read for it: behind the last page stands the last. */
export function pageWithin(count: number, { page, size }: Wanted, per_page: number) {
  const pages = size === 'all' ? 1 : Math.max(1, Math.ceil(count / (size ?? per_page)))
  const shown: Wanted = { page: Math.min(page, pages), size }
  return { ...shown, count, pages, ...windowOf(shown, per_page) }
}

/** One part of a query that finds so many rows. */
export async function counted<DB, Tables extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  count: number,
  wanted: Wanted,
  per_page: number,
): Promise<Counted<Row>> {
  const { limit, ...part } = pageWithin(count, wanted, per_page)
  const rows = (await query.offset(part.offset).limit(limit).execute()) as Row[]
  return { rows, ...part }
}

/** One part of rows that are all at hand. */
export function pageOf<Row>(all: readonly Row[], wanted: Wanted, per_page: number): Counted<Row> {
  const { limit, ...part } = pageWithin(all.length, wanted, per_page)
  return { rows: all.slice(part.offset, part.offset + limit), ...part }
}
