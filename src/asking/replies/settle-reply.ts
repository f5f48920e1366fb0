import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { answerables, holdAnswerable, standing, successorOf } from './answerable.ts'
import { confirmBack } from './confirm-back.ts'
import { writeAnswer } from './give-answer.ts'
import { isSame, readStands } from './stands.ts'
import type { Understood } from './understand.ts'

/** What a person of the secretariat makes of a reply that the program could not take. */
export type Settlement = 'acknowledged' | 'normal' | 'alternative' | 'text' | 'set_aside' | `choice-${number}`
/** newer: the institution has said something since the reply came. changed: something else stands than the page has shown. */
export type NotSettled = 'settled' | 'over' | 'not_wanted' | 'newer' | 'changed'

/**
 * Takes a reply by hand, as the answer of the institution whose recipient it came from, marked as on its behalf; or sets it aside. It holds
 * from when it came, so what was said since stands; what was said before and says otherwise must have been on the page (`upon`: its
 * id, '' where nothing stood). Whoever presses second changes nothing.
 */
export async function settleReply(
  tools: Pick<Tools, 'db' | 'clock' | 'later' | 'config' | 'origin'>,
  by: Person,
  { id, as, upon }: { id: string; as: Settlement; upon: string },
): Promise<{ id: string } | { failed: NotSettled }> {
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
      const held = await heldNow(tx, target, at)
      if (!held) return { failed: 'over' }
      const said = saidBy(as, reply, held)
      if (!said) return { failed: 'not_wanted' }
      const { received_at, channel } = reply
      const stands = await readStands(tx, held)
      const is_same = stands !== null && isSame(stands, said) && (stands.word.is_bare || held.closed_at !== null)
      const is_newer = stands !== null && stands.word.said_at > received_at
      if (is_newer && !is_same) return { failed: 'newer' }
      if (stands && !is_same && stands.word.id !== upon) return { failed: 'changed' }
      if (!is_same || (held.closed_at === null && !is_newer)) {
        const by_desk = { by: { person: by, is_on_behalf: true }, via: channel, idempotency_key: reply.id }
        if (!(await writeAnswer(tx, tools, at, held, said, { ...by_desk, said_at: received_at })))
          return { failed: 'over' }
      }
      if (channel !== 'link') {
        const back = { outcome: 'taken' as const, said, stands: null, channel, address: reply.sender }
        await confirmBack(tx, tools, at, target, back)
      }
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

/**
 * The notice that the reply answers, or, where it was asked again or corrected since, what took its place; undefined: none. How an
 * institution stands may be recorded while the situation is open, also when nobody is asked any more.
 */
async function heldNow(tx: Tx, target: Parameters<typeof holdAnswerable>[1], at: Date) {
  const held = await holdAnswerable(tx, target)
  const state = standing(held, at)
  if (state === 'over') return undefined
  if (state === 'open' || state === 'answered') return held
  return (await successorOf(tx, held, at)) ?? (held.answer_wanted === 'report' ? held : undefined)
}

/** Those that answer this notice; a report says no more than the reply did, and a press no more than its button. */
export function saidBy(
  as: Settlement,
  { text, pressed }: { text: string; pressed: string | null },
  { answer_wanted, choices }: { answer_wanted: string; choices: readonly unknown[] },
): Understood | null {
  if (pressed !== null && pressed !== (as === 'text' ? 'not_normal' : as)) return null
  if (as === 'acknowledged') return answer_wanted === 'acknowledge' ? { given: 'acknowledged', text } : null
  if (as === 'normal') return answer_wanted === 'report' ? { given: 'report', how: 'normal', text } : null
  if (as === 'alternative') return answer_wanted === 'report' ? { given: 'report', how: 'alternative', text } : null
  if (as === 'text') return answer_wanted === 'report' && text ? { given: 'report', how: 'not_normal', text } : null
  const choice = Number(as.replace('choice-', ''))
  return answer_wanted === 'choice' && choice >= 1 && choice <= choices.length
    ? { given: 'choice', choice, text }
    : null
}
