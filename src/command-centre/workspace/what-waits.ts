import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { may } from '#ground/rights/may.ts'
import { type Asked, kinds, promised } from './wait-kinds.ts'

/** Each kind asks its own tables, and gives these columns. */
type Rows = (db: Database, asked: Asked) => ReturnType<typeof kinds.review.rows>

export type WaitKind = keyof typeof kinds
export const waitKinds = Object.keys(kinds) as WaitKind[]

export type Waiting = {
  kind: WaitKind
  mode: Mode
  href: string
  situation_id: string | null
  title_ja: string | null
  title_en: string | null
  count: number
  since: Date
}

/** What waits for this reader, and only what they may do: real before any drill, the urgent kind before the others, then the oldest. */
export async function whatWaits(db: Database, asked: Asked, is_off: (kind: WaitKind) => boolean): Promise<Waiting[]> {
  const mine = waitKinds.filter((kind) => may(asked.by, kinds[kind].act) && !is_off(kind))
  const [first, ...others] = mine.map((kind) =>
    db
      .selectFrom((kinds[kind].rows as Rows)(db, asked).as('waits'))
      .select(sql<WaitKind>`${sql.lit(kind)}`.as('kind'))
      .select(['mode', sql<string>`id::text`.as('id'), 'situation_id', 'title_ja', 'title_en', 'count', 'since']),
  )
  if (!first) return []
  const rows = await others.reduce((all, one) => all.unionAll(one), first).execute()
  return rows
    .map(({ id, ...row }) => ({ ...row, href: kinds[row.kind].path.replace(':id', id) }))
    .sort(
      (a, b) =>
        Number(a.mode !== 'actual') - Number(b.mode !== 'actual') ||
        waitKinds.indexOf(a.kind) - waitKinds.indexOf(b.kind) ||
        a.since.getTime() - b.since.getTime(),
    )
}

/** How many of them there are, for the menu. */
export const countOf = (waiting: readonly Waiting[]) => waiting.reduce((sum, { count }) => sum + count, 0)

/** When the next of them begins to wait by the mere passing of time: an answer, a report or a publication falls due. */
export async function nextDue(db: Database, now: Date): Promise<Date | null> {
  const row = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('receipt')
        .innerJoin('notice', 'notice.id', 'receipt.notice_id')
        .where('receipt.closed_at', 'is', null)
        .where('notice.answer_by', '>', now)
        .select(sql<Date | null>`min(notice.answer_by)`.as('at'))
        .as('answer'),
      selectFrom('report')
        .innerJoin('situation', 'situation.id', 'report.situation_id')
        .where('situation.closed_at', 'is', null)
        .where('report.next_update_at', '>', now)
        .select(sql<Date | null>`min(report.next_update_at)`.as('at'))
        .as('report'),
      selectFrom('publication')
        .innerJoin('situation', 'situation.id', 'publication.situation_id')
        .where('situation.closed_at', 'is', null)
        .where(promised, '>', now)
        .select(sql<Date | null>`min(${promised})`.as('at'))
        .as('publication'),
    ])
    .executeTakeFirstOrThrow()
  const times = Object.values(row).filter((at) => at instanceof Date)
  return times.length > 0 ? new Date(Math.min(...times.map((at) => at.getTime()))) : null
}
