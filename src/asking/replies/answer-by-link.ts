import { createHash, randomUUID } from 'node:crypto'
import { take_back_minutes, takeBackAnswers } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { takeBackReport } from '#status/reports/index.ts'
import { type Answerable, answerables, answersTo, holdAnswerable, speaks, standing } from './answerable.ts'
import { giveAnswer } from './give-answer.ts'
import { keepReply } from './keep-reply.ts'
import type { Understood } from './understand.ts'

export const text_length_max = 300

/** What one press says, as the page named its buttons. */
export type Pressed = {
  acknowledged?: string | undefined
  choice?: string | undefined
  all_normal?: string | undefined
  on_alternative?: string | undefined
  not_normal?: string | undefined
  /** With "not normal": what is wrong, in a line; with "on the alternative", if they wish, on which. */
  text?: string | undefined
  alternative_text?: string | undefined
  call_me?: string | undefined
  /** The answer that was a mistake. */
  take_back?: string | undefined
}

/**
 * What came of a press. wrong: it is no answer to this notice. no_text: "not normal" without a word. called: they will be rung.
 * taken_back: what stood before stands again. newer: something newer stands, and is not taken back. too_late: after ten minutes.
 */
export type PressTaken =
  | Awaited<ReturnType<typeof giveAnswer>>['taken']
  | 'wrong'
  | 'no_text'
  | 'called'
  | 'taken_back'
  | 'newer'
  | 'too_late'

/**
 * Takes the press of a button behind a link, for the recipient whose link it is; pressing twice answers once. A press that says something
 * and is not taken is kept with the replies. Undefined: there is no such recipient.
 */
export async function answerByLink(
  tools: Pick<Tools, 'whole' | 'clock' | 'later' | 'config' | 'origin'>,
  number: string,
  pressed: Pressed,
): Promise<PressTaken | undefined> {
  const at = tools.clock()
  return tools.whole.transaction().execute(async (tx) => {
    const target = await answerables(tx).where('recipient.number', '=', number).executeTakeFirst()
    if (!target) return undefined
    if (pressed.take_back !== undefined) return takeBack(tx, tools, at, target, pressed.take_back)
    if (pressed.call_me) return askForCall(tx, at, target)
    const said = saidBy(pressed, target)
    if (said === 'wrong' || said === 'no_text') return said
    const { taken, stands } = await giveAnswer(tx, tools, at, target, said, {
      via: 'link',
      idempotency_key: randomUUID(),
    })
    if (taken === 'taken')
      await record(tx, { program: 'answers' }, at, {
        action: 'reply.taken',
        about: `/notices/${target.notice_id}`,
        mode: target.mode,
        details: { channel: 'link', receipt_id: target.receipt_id, recipient_id: target.recipient_id },
      })
    if (taken === 'late' || taken === 'removed')
      await keepPress(tx, at, { target, said, finding: taken, upon: stands?.word.id })
    return taken === 'over' && standing(target, at) !== 'over' ? 'replaced' : taken
  })
}

function saidBy(pressed: Pressed, notice: Answerable): Understood | 'wrong' | 'no_text' {
  const { answer_wanted, choices } = notice
  if (answer_wanted === 'acknowledge') return pressed.acknowledged ? { given: 'acknowledged', text: '' } : 'wrong'
  if (answer_wanted === 'report') {
    if (pressed.all_normal) return { given: 'report', how: 'normal', text: '' }
    if (!pressed.not_normal && !pressed.on_alternative) return 'wrong'
    const text = ((pressed.on_alternative ? pressed.alternative_text : pressed.text) ?? '')
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, text_length_max)
    if (pressed.on_alternative) return { given: 'report', how: 'alternative', text }
    return text ? { given: 'report', how: 'not_normal', text } : 'no_text'
  }
  const choice = /^[1-9]$/.test(pressed.choice ?? '') ? Number(pressed.choice) : 0
  return answer_wanted === 'choice' && choice >= 1 && choice <= choices.length
    ? { given: 'choice', choice, text: '' }
    : 'wrong'
}

type NotTaken = { target: Answerable; said: Understood; finding: 'late' | 'removed'; upon: string | undefined }

/** Keeps a press for the desk, once for each thing that it was said against. */
async function keepPress(tx: Tx, at: Date, { target, said, finding, upon = '' }: NotTaken) {
  const pressed =
    said.given === 'report' ? said.how : said.given === 'choice' ? `choice-${said.choice}` : 'acknowledged'
  const message_id = createHash('sha256')
    .update([target.recipient_id, pressed, said.text, upon].join('\0'))
    .digest('hex')
  const came = {
    ...{ channel: 'link' as const, message_id, pressed, sender: target.contact_ja.slice(0, 320), subject: '' },
    ...{ text: said.text, received_at: at },
  }
  const kept = await keepReply(tx, came, target, finding)
  if (!kept) return
  const { receipt_id, mode } = target
  const details = { reply_id: kept.id, channel: 'link', finding, receipt_id }
  await record(tx, { program: 'answers' }, at, { action: 'reply.refused', about: '/replies', mode, details })
}

/** Somebody wants to be rung: they stand on the call list, before those who only have not answered. Pressing twice is once. */
async function askForCall(tx: Tx, at: Date, target: Answerable): Promise<PressTaken> {
  const held = await holdAnswerable(tx, target)
  const state = standing(held, at)
  if (state === 'over') return 'over'
  if (state === 'replaced' || state === 'ended') return 'replaced'
  if (!speaks(held)) return 'removed'
  if (held.call_wanted_at !== null) return 'called'
  const { receipt_id, recipient_id, institution_id, mode } = held
  await tx
    .updateTable('receipt')
    .set(({ fn, val }) => ({ call_wanted_at: at, call_since: fn.coalesce('call_since', val(at)) }))
    .where('id', '=', receipt_id)
    .execute()
  await record(tx, { program: 'answers' }, at, {
    action: 'call.wanted',
    about: '/calls',
    mode,
    details: { receipt_id, recipient_id, institution_id },
  })
  return 'called'
}

/** Takes back what was pressed by mistake, while nothing newer stands and for ten minutes. Twice is once. */
async function takeBack(
  tx: Tx,
  tools: Pick<Tools, 'later'>,
  at: Date,
  target: Answerable,
  id: string,
): Promise<PressTaken> {
  const held = await holdAnswerable(tx, target)
  const { recipient_id, receipt_id } = held
  if (!speaks(held)) return 'removed'
  const theirs = await tx
    .selectFrom('answer')
    .where('receipt_id', '=', receipt_id)
    .where('recipient_id', '=', recipient_id)
    .where('via', '=', 'link')
    .selectAll()
    .execute()
  const answer = theirs.find((each) => each.id === id)
  if (!answer) return 'wrong'
  if (answer.taken_back_at) return 'taken_back'
  if (at.getTime() > answer.answered_at.getTime() + take_back_minutes * 60_000) return 'too_late'
  if (answer.report_id) {
    const taken = await takeBackReport(tx, tools, at, { report_id: answer.report_id, recipient_id })
    return 'failed' in taken ? (taken.failed === 'closed' ? 'over' : 'newer') : 'taken_back'
  }
  const [last] = await answersTo(tx, receipt_id)
  if (last?.id !== id) return 'newer'
  // Each writes its line of the trail, too: record(…).
  await takeBackAnswers(tx, at, recipient_id, [id])
  return 'taken_back'
}
