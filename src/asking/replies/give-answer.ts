import { type Answerer, type Given, judgeWord, takeAnswer } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { fileReplyReport } from '#status/reports/index.ts'
import { type Answerable, holdAnswerable, saysTheSame, speaks, standing, successorOf } from './answerable.ts'
import { isSame, readStands, type Stands } from './stands.ts'
import { tellOfConflict } from './tell-of-conflict.ts'
import type { Understood } from './understand.ts'

/**
 * taken: it stands now. again: it had been said before. late: something newer stands, or something that says more and is not passed over
 * by a few words; a person decides. replaced, over: it cannot be answered any more. removed: whoever says it no longer speaks for
 * the institution.
 */
export type Taken = 'taken' | 'again' | 'late' | 'replaced' | 'over' | 'removed'

/**
 * Takes what a recipient said by link, mail or SMS, held against what stands by the one rule (`judgeWord`); of two at once the second
 * sees the first. What answers an asking that was asked again in the same words is an answer to the last; a press does not move on:
 * its page leads there. Who stands by another word is told of one that was not taken.
 */
export async function giveAnswer(
  tx: Tx,
  tools: Pick<Tools, 'later' | 'config' | 'origin'>,
  at: Date,
  target: Answerable,
  said: Understood,
  { via, idempotency_key }: { via: 'link' | 'mail' | 'sms'; idempotency_key: string },
): Promise<{ taken: Taken; stands: Stands | null }> {
  const sent = await holdAnswerable(tx, target)
  const state = standing(sent, at)
  const stands = state === 'over' ? null : await readStands(tx, sent)
  const as = (taken: Taken) => ({ taken, stands })
  if (state === 'over') return as('over')
  if (!speaks(sent)) return as('removed')
  const next = state === 'replaced' || state === 'ended' ? await successorOf(tx, sent, at) : sent
  const moves = next !== undefined && (next === sent || (via !== 'link' && saysTheSame(next, sent)))
  const { contact_id, institution_id } = sent
  const judged = judgeWord(stands?.word ?? null, {
    ...{ said_at: at, contact_id, is_same: stands !== null && isSame(stands, said) },
    is_open: moves && next.closed_at === null,
  })
  if (judged === 'conflict' && stands && (moves || said.given === 'report')) {
    await tellOfConflict(tx, tools, at, { stands, notice: sent, said, via })
    return as('late')
  }
  if (!moves) return as(next || state === 'replaced' ? 'replaced' : 'over')
  if (judged === 'same' && next.closed_at !== null) return as('again')
  // Its page shows no button once the notice is answered: whoever presses has not seen that.
  if (via === 'link' && next.closed_at !== null) return as('late')
  const by: Answerer = { recipient_id: next.recipient_id }
  const word = { by, via, idempotency_key, said_at: at }
  return as((await writeAnswer(tx, tools, at, { ...next, institution_id }, said, word)) ? 'taken' : 'over')
}

/** Writes an answer to a receipt that is held, as said at `said_at`; false when its situation closed meanwhile. */
export async function writeAnswer(
  tx: Tx,
  tools: Pick<Tools, 'later'>,
  at: Date,
  held: Pick<Answerable, 'receipt_id' | 'institution_id' | 'situation_id' | 'mode' | 'closed_at'>,
  said: Understood,
  {
    by,
    via,
    idempotency_key,
    said_at,
  }: { by: Answerer; via: 'link' | 'mail' | 'sms' | 'call'; idempotency_key: string; said_at: Date },
): Promise<boolean> {
  const { receipt_id, institution_id, situation_id, mode } = held
  const answer = (given: Given) => takeAnswer(tx, at, { receipt_id, by, via, said_at, ...given })
  if (said.given !== 'report') {
    await answer(said)
    return true
  }
  if (!situation_id) throw new Error('a request to report has a situation')
  const { how, text } = said
  const report = await fileReplyReport(
    tx,
    tools,
    { at: said_at, now: at },
    { institution_id, situation_id, mode, how, text, idempotency_key },
    by,
    via,
  )
  if ('failed' in report) return false
  // The report has answered every request that was open; what was closed before gets its later word beside the first.
  if (held.closed_at !== null && !(await isAnsweredBy(tx, receipt_id, report.id)))
    await answer({ given: 'report', report_id: report.id, text })
  return true
}

const isAnsweredBy = async (tx: Tx, receipt_id: string, report_id: string) =>
  (await tx
    .selectFrom('answer')
    .where('receipt_id', '=', receipt_id)
    .where('report_id', '=', report_id)
    .select('id')
    .executeTakeFirst()) !== undefined
