import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'

/**
 * At the end of a statement (`.modifyEnd(keptPlan)`): each connection plans it once and keeps the plan, as a prepared statement
 * (https://www.postgresql.org/docs/current/sql-prepare.html). Worth it for what every request asks, where planning costs more
 * than answering. Only for statements that go by keys and indexes, since a kept plan does not look at how a table has grown until
 * it is analysed anew, and for ones that name their columns: a `*` would break with the next column that a migration adds.
 */
const mark = '/* plan kept */'
export const keptPlan = sql.raw(mark)

/** The same for a statement that a library wrote. */
export const withKeptPlan = (text: string): string => `${text} ${mark}`

/** A connection that keeps the plans of the statements that say so. There are as many as the code has such statements. */
export class PlanKeepingClient extends pg.Client {
  override query = ((asked: unknown, values?: unknown, ...others: unknown[]) =>
    super.query(
      ...([
        typeof asked === 'string' && asked.endsWith(mark) ? { name: nameOf(asked), text: asked } : asked,
        values,
        ...others,
      ] as unknown as [string]),
    )) as pg.Client['query']
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}
