import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { answerables, holdAnswerable, standing } from './answerable.ts'
import { confirmBack } from './confirm-back.ts'
import { writeAnswer } from './give-answer.ts'
import type { Understood } from './understand.ts'

/** What a person of the secretariat makes of a reply that the program could not take. */
export type Settlement = 'acknowledged' | 'normal' | 'text' | 'set_aside' | `choice-${number}`

/**
 * Takes a reply by hand, as the answer of the institution whose recipient it came from, marked as on its behalf; or sets it aside.
 * Whoever presses second changes nothing.
 */
export async function settleReply(
  tools: Pick<Tools, 'db' | 'clock' | 'later' | 'config' | 'origin'>,
  by: Person,
  { id, as }: { id: string; as: Settlement },
): Promise<{ id: string } | { failed: 'settled' | 'over' | 'not_wanted' }> {
  must(by, 'notice.answer')
  const at = tools.clock()
  return tools.db.transaction().execute(async (tx) => {
    const reply = await tx.selectFrom('reply').where('id', '=', id).selectAll().forUpdate().executeTakeFirst()
    if (!reply) throw new NotFound(`reply ${id}`)
    if (reply.settled_how !== null || reply.finding === 'taken' || reply.finding === 'again')
      return { failed: 'settled' }
    const target = reply.recipient_id
      ? await answerables(tx).where('recipient.id', '=', reply.recipient_id).executeTakeFirst()
      : undefined
    if (as !== 'set_aside') {
      if (!target) return { failed: 'not_wanted' }
      const held = await holdAnswerable(tx, target)
      if (['replaced', 'over'].includes(standing(held, at))) return { failed: 'over' }
      const said = saidBy(as, reply.text, held)
      if (!said) return { failed: 'not_wanted' }
      const answerer = { by: { person: by, is_on_behalf: true }, via: reply.channel, idempotency_key: reply.id }
      if (!(await writeAnswer(tx, tools, at, held, said, answerer))) return { failed: 'over' }
      const back = { outcome: 'taken' as const, said, channel: reply.channel, address: reply.sender }
      await confirmBack(tx, tools, at, held, back)
    }
    await tx
      .updateTable('reply')
      .set({ settled_how: as === 'set_aside' ? 'set_aside' : 'answered', settled_by: by.id, settled_at: at })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: as === 'set_aside' ? 'reply.refused' : 'reply.taken',
      about: '/replies',
      mode: target?.mode ?? null,
      details: { reply_id: id, as, ...(target && { receipt_id: target.receipt_id }) },
    })
    return { id }
  })
}

/** Those that answer this notice; a report says no more than the reply did. */
export function saidBy(
  as: Settlement,
  text: string,
  { answer_wanted, choices }: { answer_wanted: string; choices: readonly unknown[] },
): Understood | null {
  if (as === 'acknowledged') return answer_wanted === 'acknowledge' ? { given: 'acknowledged', text } : null
  if (as === 'normal') return answer_wanted === 'report' ? { given: 'report', is_normal: true, text } : null
  if (as === 'text') return answer_wanted === 'report' && text ? { given: 'report', is_normal: false, text } : null
  const choice = Number(as.replace('choice-', ''))
  return answer_wanted === 'choice' && choice >= 1 && choice <= choices.length
    ? { given: 'choice', choice, text }
    : null
}
