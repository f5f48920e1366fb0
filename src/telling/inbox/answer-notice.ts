import { z } from 'zod'
import { isUnseen, takeAnswer } from '#delivery/answers/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

export const text_length_max = 1000

const messages = inBoth({
  ja: {
    choice: '回答を1つ選んでください',
    text: `補足は${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
  },
  en: { choice: 'Choose one answer', text: `Keep the note within ${text_length_max.toLocaleString('en')} characters` },
})

/** What a person presses on the page of a notice: `choice` only where one is to be chosen, by its place from 1. */
export const AnswerForm = (language: Language, choices: number) => {
  const say = messages[language]
  return z.object({
    choice:
      choices === 0
        ? z.undefined().optional()
        : z.coerce.number(say.choice).int(say.choice).min(1, say.choice).max(choices, say.choice),
    text: z.string().trim().max(text_length_max, say.text).default(''),
    /** The institution's last answer that the page has shown; '': none. Undefined: the page did not say. */
    written_upon: z.literal('').or(z.uuid()).optional().catch(undefined),
  })
}
export type AnswerForm = z.output<ReturnType<typeof AnswerForm>>

/**
 * Answers a notice for the person's own institution; the first answer of the institution closes its receipt. The same again by
 * the same person changes nothing. What was replaced or has ended, or whose situation has closed, is not answered any more, and
 * a colleague's other answer that the page has not shown is not passed over.
 */
export async function answerNotice(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { notice_id, choice, text, written_upon }: AnswerForm & { notice_id: string },
): Promise<{ id: string } | { failed: 'ended' | 'replaced' | 'newer' | 'not_wanted' }> {
  must(by, 'notice.answer-own')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const receipt = await tx
      .selectFrom('receipt')
      .innerJoin('notice', 'notice.id', 'receipt.notice_id')
      .leftJoin('situation', 'situation.id', 'notice.situation_id')
      .where('receipt.notice_id', '=', notice_id)
      .where('receipt.institution_id', '=', by.institution_id)
      .select(['receipt.id', 'receipt.closed_how', 'notice.answer_wanted', 'notice.replaced_by_id'])
      .select('situation.closed_at as situation_closed_at')
      .forUpdate('receipt')
      .executeTakeFirst()
    if (!receipt) throw new NotFound(`notice ${notice_id} for ${by.institution_id}`)
    if (receipt.replaced_by_id !== null) return { failed: 'replaced' }
    if (receipt.closed_how === 'ended' || receipt.situation_closed_at !== null) return { failed: 'ended' }
    if (receipt.closed_how === 'informed') return { failed: 'not_wanted' }
    const { answer_wanted } = receipt
    const given =
      answer_wanted === 'acknowledge'
        ? { given: 'acknowledged' as const, text }
        : answer_wanted === 'choice' && choice !== undefined
          ? { given: 'choice' as const, choice, text }
          : null
    if (!given) return { failed: 'not_wanted' }
    const last = await tx
      .selectFrom('answer')
      .where('receipt_id', '=', receipt.id)
      .where('taken_back_at', 'is', null)
      .orderBy('answered_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .select(['id', 'choice', 'text', 'answered_by as said_by', 'answered_at as said_at'])
      .executeTakeFirst()
    const is_same = last !== undefined && last.choice === (choice ?? null)
    if (is_same && last.said_by === by.id && last.text === text) return { id: notice_id }
    if (last && !is_same && isUnseen(last, by, { written_upon: written_upon === '' ? null : written_upon }, at))
      return { failed: 'newer' }
    // Writes the line of the trail, too: record(…).
    await takeAnswer(tx, at, {
      receipt_id: receipt.id,
      by: { person: by, is_on_behalf: false },
      via: 'portal',
      ...given,
    })
    return { id: notice_id }
  })
}
