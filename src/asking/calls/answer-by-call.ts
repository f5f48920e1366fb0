import { z } from 'zod'
import { standing, type Understood, writeAnswer } from '#asking/replies/index.ts'
import { isLeast } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { lockReports, readStandingReport } from '#status/reports/index.ts'
import { readCallReceipt } from './queries.ts'

export const text_length_max = 1000

const messages = inBoth({
  ja: {
    as: '機関の回答を押してください',
    text: `内容は${text_length_max}文字以内で入力してください`,
    key: '画面の情報が壊れています。もう一度押してください',
  },
  en: {
    as: 'Press what the institution answered',
    text: `Keep the text within ${text_length_max} characters`,
    key: 'Part of the page was lost. Please press again',
  },
})

/** What an institution said on the phone. */
export const CallAnswerForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    as: z.string(say.as).regex(/^(acknowledged|normal|alternative|choice-[1-9])$/, say.as),
    text: z.string().trim().max(text_length_max, say.text).default(''),
    idempotency_key: z.uuid(say.key),
    /** The report that the page has shown; '': none. */
    written_upon: z.literal('').or(z.uuid(say.key)).default(''),
  })
}
export type CallAnswerForm = z.output<ReturnType<typeof CallAnswerForm>>

/**
 * Answers for an institution what it said on the phone, marked as such. What it has answered itself meanwhile stands, and so does a report
 * that says more and that the page has not shown; pressing twice answers once.
 */
export async function answerByCall(
  tools: Pick<Tools, 'db' | 'clock' | 'later'>,
  by: Person,
  { receipt_id, as, text, idempotency_key, written_upon }: CallAnswerForm & { receipt_id: string },
): Promise<{ id: string } | { failed: 'answered' | 'over' | 'not_wanted' | 'newer' }> {
  must(by, 'notice.answer')
  const at = tools.clock()
  return tools.db.transaction().execute(async (tx) => {
    const seen = await readCallReceipt(tx, receipt_id)
    if (!seen) throw new NotFound(`receipt ${receipt_id}`)
    const said = saidBy(as, text, seen)
    if (!said) return { failed: 'not_wanted' }
    const { institution_id, situation_id, mode } = seen
    if (said.given === 'report' && situation_id) {
      must(by, 'report.file-for')
      await lockReports(tx, institution_id, { situation_id, mode })
    } else await tx.selectFrom('receipt').where('id', '=', receipt_id).select('id').forUpdate().execute()
    const held = await readCallReceipt(tx, receipt_id)
    if (!held) throw new NotFound(`receipt ${receipt_id}`)
    const state = standing(held, at)
    if (state === 'answered')
      return (await saidSo(tx, by, receipt_id, said)) ? { id: receipt_id } : { failed: 'answered' }
    if (state !== 'open') return { failed: 'over' }
    const stands = said.given === 'report' ? await readStandingReport(tx, institution_id, { situation_id, mode }) : null
    if (stands && stands.id !== written_upon && !isLeast(stands)) return { failed: 'newer' }
    // Each writes its line of the trail, too: record(…).
    const answerer = { by: { person: by, is_on_behalf: true }, via: 'call' as const, idempotency_key, said_at: at }
    if (!(await writeAnswer(tx, tools, at, held, said, answerer))) return { failed: 'over' }
    await tx.deleteFrom('call_claim').where('receipt_id', '=', receipt_id).execute()
    return { id: receipt_id }
  })
}

/** Whether this person has recorded just this already: their second press is no news. */
async function saidSo(tx: Tx, by: Person, receipt_id: string, said: Understood): Promise<boolean> {
  const first = await tx
    .selectFrom('answer')
    .where('receipt_id', '=', receipt_id)
    .where('is_first', '=', true)
    .where('via', '=', 'call')
    .where('answered_by', '=', by.id)
    .where('given', '=', said.given)
    .select('choice')
    .executeTakeFirst()
  return first !== undefined && (said.given !== 'choice' || first.choice === said.choice)
}

function saidBy(
  as: string,
  text: string,
  { answer_wanted, choices }: { answer_wanted: string; choices: readonly unknown[] },
): Understood | null {
  if (as === 'acknowledged') return answer_wanted === 'acknowledge' ? { given: 'acknowledged', text } : null
  // What is not normal has the form of a report to itself.
  if (as === 'normal' || as === 'alternative')
    return answer_wanted === 'report' ? { given: 'report', how: as, text } : null
  const choice = Number(as.replace('choice-', ''))
  return answer_wanted === 'choice' && choice <= choices.length ? { given: 'choice', choice, text } : null
}
