import { sql } from 'kysely'
import { openAgain } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { record } from '#ground/trail/record.ts'
import { tellTakenBack } from './tell-done.ts'

/** Who pressed by mistake takes it back within so many minutes, without a sign-in. */
export const take_back_minutes = 10

/**
 * Takes answers back that one recipient gave: they stay readable, and answer nothing. A receipt that they closed is open again and
 * chased on, unless its notice has meanwhile been replaced, they were asked again, or its matter closed; then it has ended without an
 * answer. Whom a repeat passed over because of that very answer was not asked again.
 * Who was told that the institution had answered is told this, too.
 */
export async function takeBackAnswers(tx: Tx, at: Date, recipient_id: string, answer_ids: readonly string[]) {
  const answers = await tx
    .selectFrom('answer')
    .innerJoin('receipt', 'receipt.id', 'answer.receipt_id')
    .innerJoin('notice', 'notice.id', 'answer.notice_id')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .leftJoin('round', 'round.id', 'notice.round_id')
    .where('answer.id', 'in', answer_ids)
    .where('answer.taken_back_at', 'is', null)
    .select(['answer.id', 'answer.receipt_id', 'answer.is_first', 'answer.notice_id', 'answer.mode'])
    .select(['answer.institution_id', 'notice.replaced_by_id', 'situation.closed_at as situation_closed_at'])
    .select('round.closed_at as round_closed_at')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('notice as after')
          .innerJoin('receipt as asked', 'asked.notice_id', 'after.id')
          .whereRef('asked.institution_id', '=', 'answer.institution_id')
          .whereRef('after.round_id', '=', 'notice.round_id')
          .whereRef('after.asking', '>', 'notice.asking')
          .select('after.id'),
      ).as('is_asked_again'),
    )
    .forUpdate('receipt')
    .execute()
  for (const answer of answers) {
    const { id, receipt_id, notice_id, mode, institution_id } = answer
    await tx.updateTable('answer').set({ is_first: false, taken_back_at: at }).where('id', '=', id).execute()
    const is_over =
      answer.replaced_by_id !== null ||
      answer.situation_closed_at !== null ||
      answer.round_closed_at !== null ||
      answer.is_asked_again === true
    if (answer.is_first) {
      if (is_over) await tx.updateTable('receipt').set({ closed_how: 'ended' }).where('id', '=', receipt_id).execute()
      else await openAgain(tx, receipt_id, at)
      await tellTakenBack(tx, at, { receipt_id, recipient_id })
      await sql`select pg_notify('changed', '/calls')`.execute(tx)
    }
    await record(tx, { program: 'answers' }, at, {
      action: 'answer.taken-back',
      about: `/notices/${notice_id}`,
      mode,
      details: { institution_id, receipt_id, recipient_id, is_open_again: answer.is_first && !is_over },
    })
  }
}
