import { sql } from 'kysely'
import { stopChasing } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode, Via } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import { type Line, record } from '#ground/trail/record.ts'
import type { Answerer, Given } from './answer.ts'
import { tellDone } from './tell-done.ts'

type Answering = Given & { by: Answerer; via: Via; said_at?: Date | undefined }

/**
 * Writes an answer down. An institution's first closes its own receipt and stops its own chasing, never anyone else's; later ones
 * stand beside it. The others of the institution who were sent something are told. `said_at`: when it was said, if it was written
 * down later. Gives whether this was the first.
 */
export async function takeAnswer(
  tx: Tx,
  at: Date,
  { receipt_id, ...answering }: Answering & { receipt_id: string },
): Promise<{ is_first: boolean }> {
  const receipt = await receipts(tx).where('receipt.id', '=', receipt_id).executeTakeFirst()
  if (!receipt) throw new NotFound(`receipt ${receipt_id}`)
  await record(tx, actorOf(answering.by), at, await answer(tx, at, receipt, answering))
  return { is_first: receipt.closed_at === null }
}

/** Receipts, held until the commit. */
const receipts = (tx: Tx) =>
  tx
    .selectFrom('receipt')
    .select(['receipt.id', 'receipt.notice_id', 'receipt.mode', 'receipt.institution_id'])
    .select(['receipt.closed_at', 'receipt.call_since'])
    .forUpdate('receipt')
type Receipt = Awaited<ReturnType<ReturnType<typeof receipts>['execute']>>[number]

const actorOf = (by: Answerer) => ('person' in by ? by.person : ({ program: 'answers' } as const))

/** Writes it down; gives the line that is to stand in the trail. */
async function answer(
  tx: Tx,
  at: Date,
  { id: receipt_id, notice_id, mode, institution_id, closed_at, call_since }: Receipt,
  { by, via, said_at = at, ...given }: Answering,
): Promise<Line> {
  const is_first = closed_at === null
  const is_on_behalf = 'person' in by && by.is_on_behalf
  await tx
    .insertInto('answer')
    .values({
      receipt_id,
      notice_id,
      mode,
      institution_id,
      is_first,
      via,
      is_on_behalf,
      given: given.given,
      text: given.text ?? '',
      choice: given.given === 'choice' ? given.choice : null,
      report_id: given.given === 'report' ? given.report_id : null,
      answered_by: 'person' in by ? by.person.id : null,
      recipient_id: 'person' in by ? null : by.recipient_id,
      answered_at: said_at,
    })
    .execute()
  if (is_first) {
    await tx
      .updateTable('receipt')
      .set({ closed_at: at, closed_how: 'answered', next_step_at: null })
      .where('id', '=', receipt_id)
      .execute()
    await stopChasing(tx, [receipt_id], 'answered')
    // Whoever is about to ring them sees that they need not.
    if (call_since) await sql`select pg_notify('changed', '/calls')`.execute(tx)
    await tellDone(tx, at, { receipt_id, by, via, said_at, ...given })
  }
  return {
    action: is_on_behalf ? 'notice.answered-for' : 'notice.answered',
    about: `/notices/${notice_id}`,
    mode,
    details: { institution_id, given: given.given, via, is_first },
  }
}

/**
 * A report answers every request to report that is still open for its institution in that situation, and was made before it was
 * said. Gives the lines of that, which whoever files it records together with its own: the end of the trail is held once.
 */
export async function answerByReport(
  tx: Tx,
  at: Date,
  report: { id: string; institution_id: string; situation_id: string; mode: Mode },
  by: Answerer,
  via: Via,
  said_at = at,
): Promise<Line[]> {
  const open = await receipts(tx)
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('receipt.institution_id', '=', report.institution_id)
    .where('receipt.closed_at', 'is', null)
    .where('receipt.opened_at', '<=', said_at)
    .where('notice.situation_id', '=', report.situation_id)
    .where('notice.mode', '=', report.mode)
    .where('notice.answer_wanted', '=', 'report')
    .orderBy('receipt.opened_at')
    .execute()
  const lines: Line[] = []
  for (const receipt of open)
    lines.push(await answer(tx, at, receipt, { by, via, said_at, given: 'report', report_id: report.id }))
  return lines
}
