import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

const deliveries_max = 300

/** Everything between a round and one institution: its receipts, what was sent, who called, and what it answered. */
export async function readHistory(db: Database, round_id: string, institution_id: string) {
  const receipts = await db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice.round_id', '=', round_id)
    .where('receipt.institution_id', '=', institution_id)
    .select(['receipt.id', 'receipt.opened_at', 'receipt.closed_at', 'receipt.closed_how', 'receipt.call_since'])
    .select(['notice.asking', 'notice.answer_by', 'institution.name_ja', 'institution.name_en'])
    .orderBy('notice.asking', 'desc')
    .execute()
  const [first] = receipts
  if (!first) throw new NotFound(`institution ${institution_id} in round ${round_id}`)
  const ids = receipts.map(({ id }) => id)
  const [answers, deliveries, calls] = await Promise.all([
    db
      .selectFrom('answer')
      .leftJoin('person', 'person.id', 'answer.answered_by')
      .leftJoin('recipient', 'recipient.id', 'answer.recipient_id')
      .leftJoin('report', 'report.id', 'answer.report_id')
      .innerJoin('notice', 'notice.id', 'answer.notice_id')
      .where('answer.receipt_id', 'in', ids)
      .select(['answer.id', 'answer.answered_at', 'answer.via', 'answer.is_on_behalf', 'answer.report_id'])
      .select('answer.taken_back_at')
      .select(['report.written_at', 'notice.answer_by'])
      .select(({ fn }) => [
        fn.coalesce('person.name_ja', 'recipient.name_ja').as('name_ja'),
        fn.coalesce('person.name_en', 'recipient.name_en').as('name_en'),
      ])
      .execute(),
    db
      .selectFrom('delivery')
      .leftJoin('recipient', 'recipient.id', 'delivery.recipient_id')
      .where('delivery.receipt_id', 'in', ids)
      .select(['delivery.id', 'delivery.queued_at', 'delivery.sent_at', 'delivery.channel', 'delivery.state'])
      .select(['delivery.address', 'delivery.answer', 'recipient.name_ja', 'recipient.name_en'])
      .orderBy('delivery.queued_at', 'desc')
      .limit(deliveries_max)
      .execute(),
    db
      .selectFrom('call')
      .innerJoin('person', 'person.id', 'call.called_by')
      .where('call.receipt_id', 'in', ids)
      .select(['call.id', 'call.called_at', 'call.outcome', 'call.note', 'person.name_ja', 'person.name_en'])
      .execute(),
  ])
  const { name_ja, name_en } = first
  return { institution: { id: institution_id, name_ja, name_en }, receipts, answers, deliveries, calls }
}
export type History = Awaited<ReturnType<typeof readHistory>>
