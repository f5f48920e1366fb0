import { sql } from 'kysely'
import { stopChasing } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { Mode, Via } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import { type Line, record } from '#ground/trail/record.ts'
import type { Answerer, Given } from './answer.ts'
import { tellDone } from './tell-done.ts'

type Answering = Given & {
  by: Answerer
  via: Via
  said_at?: Date | undefined /** When it was said. */
  was_open?: boolean
}

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
  { by, via, said_at = at, was_open = false, ...given }: Answering,
): Promise<Line> {
  const is_first = closed_at === null || was_open
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
      recipient_id: 'recipient_id' in by ? by.recipient_id : null,
      answered_at: said_at,
    })
    .execute()
  // What has ended since stays ended, but is answered: nobody is chased for it, nor told that nothing is open.
  if (is_first && closed_at !== null)
    await tx.updateTable('receipt').set({ closed_how: 'answered' }).where('id', '=', receipt_id).execute()
  if (closed_at === null) {
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
 * A report answers every request to report that was open for its institution in that situation when it was said, also one that was
 * asked again or corrected since while its round goes on; and one made since, if that asks in the same words: who has not read a
 * corrected text has not answered it. Gives the lines of that, which whoever files it records together with its own: the end of the
 * trail is held once.
 */
export async function answerByReport(
  tx: Tx,
  at: Date,
  report: { id: string; institution_id: string; situation_id: string; mode: Mode },
  by: Answerer,
  via: Via,
  {
    said_at = at,
    read_at = said_at,
  }: {
    said_at?: Date /** Until when whoever said it had read what they were asked; that an answer is late is counted by `said_at`. */
    read_at?: Date
  } = {},
): Promise<Line[]> {
  const open = await receipts(tx)
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('receipt.institution_id', '=', report.institution_id)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('receipt.closed_at', 'is', null),
          eb.or([eb('receipt.opened_at', '<=', read_at), hasRead(read_at)]),
        ]),
        ...(read_at < at ? [wasOpen(read_at)] : []),
      ]),
    )
    .where('notice.situation_id', '=', report.situation_id)
    .where('notice.mode', '=', report.mode)
    .where('notice.answer_wanted', '=', 'report')
    .orderBy('receipt.opened_at')
    .modifyEnd(keptPlan)
    .execute()
  const lines: Line[] = []
  for (const receipt of open) {
    const was_open = receipt.closed_at !== null
    lines.push(await answer(tx, at, receipt, { by, via, said_at, was_open, given: 'report', report_id: report.id }))
  }
  return lines
}

/** Whether the same words had come to the institution before in the same round, so that who has read those may answer these. */
const hasRead = (
  read_at: Date,
) => sql<boolean>`exists (select from receipt before join notice asked on asked.id = before.notice_id
  where asked.round_id = notice.round_id and before.institution_id = receipt.institution_id and before.opened_at <= ${read_at}
    and (asked.subject_ja, asked.subject_en, asked.text_ja, asked.text_en)
      = (notice.subject_ja, notice.subject_en, notice.text_ja, notice.text_en))`

/** Whether it was open then and has ended unanswered since, in a round that goes on: what is closed stays counted as at its closing. */
const wasOpen = (read_at: Date) => sql<boolean>`(receipt.closed_how = 'ended' and receipt.opened_at <= ${read_at}
  and receipt.closed_at > ${read_at} and exists (select from round where round.id = notice.round_id and round.closed_at is null))`
