import { type Answerer, type Given, takeAnswer } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { fileReplyReport, overall } from '#status/reports/index.ts'
import { type Answerable, type AnswerSaid, answersTo, holdAnswerable, standing } from './answerable.ts'
import type { Understood } from './understand.ts'

/**
 * taken: written down. again: it had been said before. late: a colleague has answered something else meanwhile, which is not passed
 * over by a few words. replaced, over: it cannot be answered any more.
 */
export type Taken = 'taken' | 'again' | 'late' | 'replaced' | 'over'

/**
 * Takes what a recipient said by link, mail or SMS. Of two at once the first closes the receipt. Their own later word always counts;
 * a colleague's answer is changed only by who signs in.
 */
export async function giveAnswer(
  tx: Tx,
  tools: Pick<Tools, 'later'>,
  at: Date,
  target: Answerable,
  said: Understood,
  { via, idempotency_key }: { via: 'link' | 'mail' | 'sms'; idempotency_key: string },
): Promise<Taken> {
  const held = await holdAnswerable(tx, target)
  const state = standing(held, at)
  if (state === 'replaced' || state === 'over') return state
  const by: Answerer = { recipient_id: held.recipient_id }
  if (state === 'answered') {
    const [last] = await answersTo(tx, held.receipt_id)
    if (last) {
      const is_same = await saysSame(tx, last, said)
      if (is_same) return 'again'
      if (via === 'link') return 'again'
      if (last.recipient_id !== held.recipient_id) return 'late'
    }
  }
  return (await writeAnswer(tx, tools, at, held, said, { by, via, idempotency_key })) ? 'taken' : 'over'
}

/** Writes an answer to a receipt that is held; false when its situation closed meanwhile. */
export async function writeAnswer(
  tx: Tx,
  tools: Pick<Tools, 'later'>,
  at: Date,
  held: Pick<Answerable, 'receipt_id' | 'institution_id' | 'situation_id' | 'mode' | 'closed_at'>,
  said: Understood,
  { by, via, idempotency_key }: { by: Answerer; via: 'link' | 'mail' | 'sms' | 'call'; idempotency_key: string },
): Promise<boolean> {
  const { receipt_id, institution_id, situation_id, mode } = held
  const answer = (given: Given) => takeAnswer(tx, at, { receipt_id, by, via, ...given })
  if (said.given !== 'report') {
    await answer(said)
    return true
  }
  if (!situation_id) throw new Error('a request to report has a situation')
  const { is_normal, text } = said
  const report = await fileReplyReport(
    tx,
    tools,
    at,
    { institution_id, situation_id, mode, is_normal, text, idempotency_key },
    by,
    via,
  )
  if ('failed' in report) return false
  // The report has answered every request that was open; what was closed before gets its later word beside the first.
  if (held.closed_at !== null) await answer({ given: 'report', report_id: report.id, text })
  return true
}

async function saysSame(tx: Tx, last: AnswerSaid, said: Understood): Promise<boolean> {
  if (last.given !== said.given) return false
  if (said.given === 'choice') return last.choice === said.choice
  if (said.given === 'acknowledged') return true
  if (!said.is_normal || !last.report_id) return false
  const report = await tx.selectFrom('report').where('id', '=', last.report_id).selectAll().executeTakeFirstOrThrow()
  const damages = [report.damage_building, report.damage_systems, report.damage_staff, report.damage_external]
  return overall(report) === 'normal' && damages.every((damage) => damage === 'none') && report.text === ''
}
