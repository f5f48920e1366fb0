import { randomUUID } from 'node:crypto'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { answerables } from './answerable.ts'
import { giveAnswer, type Taken } from './give-answer.ts'
import type { Understood } from './understand.ts'

/** What one press says, as the page named its buttons. */
export type Pressed = {
  acknowledged?: string | undefined
  choice?: string | undefined
  all_normal?: string | undefined
}

/**
 * Takes the press of the one button behind a link, for the recipient whose link it is; pressing twice answers once. `wrong`: what was
 * pressed is no answer to this notice. Undefined: there is no such recipient.
 */
export async function answerByLink(
  { whole, clock, later }: Pick<Tools, 'whole' | 'clock' | 'later'>,
  number: string,
  pressed: Pressed,
): Promise<Taken | 'wrong' | undefined> {
  const at = clock()
  return whole.transaction().execute(async (tx) => {
    const target = await answerables(tx).where('recipient.number', '=', number).executeTakeFirst()
    if (!target) return undefined
    const said = saidBy(pressed, target)
    if (!said) return 'wrong'
    const taken = await giveAnswer(tx, { later }, at, target, said, { via: 'link', idempotency_key: randomUUID() })
    if (taken === 'taken')
      await record(tx, { program: 'answers' }, at, {
        action: 'reply.taken',
        about: `/notices/${target.notice_id}`,
        mode: target.mode,
        details: { channel: 'link', receipt_id: target.receipt_id, recipient_id: target.recipient_id },
      })
    return taken
  })
}

function saidBy(pressed: Pressed, notice: { answer_wanted: string; choices: readonly unknown[] }): Understood | null {
  const { answer_wanted, choices } = notice
  if (answer_wanted === 'acknowledge') return pressed.acknowledged ? { given: 'acknowledged', text: '' } : null
  if (answer_wanted === 'report') return pressed.all_normal ? { given: 'report', is_normal: true, text: '' } : null
  const choice = /^[1-9]$/.test(pressed.choice ?? '') ? Number(pressed.choice) : 0
  return answer_wanted === 'choice' && choice >= 1 && choice <= choices.length
    ? { given: 'choice', choice, text: '' }
    : null
}
