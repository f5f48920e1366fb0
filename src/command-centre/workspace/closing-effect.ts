import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { readBoard } from '#status/board/index.ts'
import { type Centre, centreOf } from '#status/situations/index.ts'

/** What closing a situation ends and leaves unsaid, in numbers. */
export type ClosingEffect = {
  /** Institutions that were asked to report and have not answered. */
  unanswered: number
  /** Notices to which somebody still has to answer. */
  waiting_notices: number
  /** Messages that are queued and will not go out. */
  waiting_messages: number
  /** Notices that are written or put forward and can then not be released. */
  unreleased: number
  /**
   * Infrastructure institutions that stand still, or partly, or run on the alternative, by what they last said; those of which nobody knows; and those
   * that nobody asked and that said nothing of themselves.
   */
  troubled: { name_ja: string; name_en: string; state: 'stopped' | 'partial' | 'alternative' }[]
  unknown: number
  not_asked: number
  /** Where its command centre stands: one that is set up is dissolved with it. */
  centre: Centre
}

export async function closingEffect(
  db: Database,
  { id, mode, ...times }: { id: string; mode: Mode; centre_set_up_at: Date | null; centre_dissolved_at: Date | null },
  now: Date,
): Promise<ClosingEffect> {
  const waiting = await db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('notice.situation_id', '=', id)
    .where('receipt.closed_at', 'is', null)
    .select(({ fn }) => [
      fn
        .count<string>('receipt.institution_id')
        .distinct()
        .filterWhere('notice.answer_wanted', '=', 'report')
        .as('unanswered'),
      fn.count<string>('notice.id').distinct().as('notices'),
    ])
    .executeTakeFirstOrThrow()
  const messages = await db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .innerJoin('receipt', 'receipt.id', 'delivery.receipt_id')
    .where('notice.situation_id', '=', id)
    .where('receipt.closed_at', 'is', null)
    .where('delivery.state', '=', 'waiting')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const unreleased = await db
    .selectFrom('notice')
    .where('situation_id', '=', id)
    .where('state', 'in', ['draft', 'submitted'])
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  const { lines } = await readBoard(db, { situation_id: id, mode, now })
  const infrastructure = lines.filter(({ institution }) => institution.is_infrastructure)
  const centre = centreOf(times)
  return {
    centre,
    unanswered: Number(waiting.unanswered),
    waiting_notices: Number(waiting.notices),
    waiting_messages: Number(messages.count),
    unreleased: Number(unreleased.count),
    troubled: infrastructure.flatMap(({ overall, institution: { name_ja, name_en } }) =>
      overall === 'stopped' || overall === 'partial' || overall === 'alternative'
        ? [{ name_ja, name_en, state: overall }]
        : [],
    ),
    unknown: infrastructure.filter(({ overall }) => overall === 'unknown' || overall === 'not_reported').length,
    // A gathering asks whom it was opened for: that the others were not asked is no gap.
    not_asked: centre === 'none' ? 0 : infrastructure.filter(({ overall }) => overall === 'not_asked').length,
  }
}
