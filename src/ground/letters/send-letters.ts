import { type Selectable, sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { afterAttempt } from '#ground/mail/retry.ts'
import type { MailTransport, Outcome } from '#ground/mail/transport.ts'
import { labelNames } from '#ground/rights/labels.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { returnPath } from './return-path.ts'

export type Letter = Selectable<Tables['letter']>
/** Told, by purpose, what the mail server said of a letter, inside the transaction that notes it. */
export type LetterOutcomes = Record<string, (tx: Tx, letter: Letter, outcome: Outcome, at: Date) => Promise<void>>

const at_once_max = 5
/** Longer than a mail server may take to answer: a letter whose sender died is due again after this. */
const lease_seconds = 90

/**
 * Hands over the letters that are due until none is, each at least once under one Message-ID. What the server puts off or
 * cannot take now stays due; what it refuses for good is noted as failed.
 */
export async function sendLetters(
  tools: Pick<Tools, 'db' | 'clock' | 'config'>,
  transport: MailTransport,
  outcomes: LetterOutcomes,
) {
  for (;;) {
    const claimed = await claim(tools)
    if (claimed.length === 0) return
    const done = await Promise.all(claimed.map((letter) => sendOne(tools, transport, outcomes, letter)))
    // The others would fare no better; the schedule asks again.
    if (done.some(({ is_server_lost }) => is_server_lost)) return
  }
}

/** Takes some letters that are due, and moves them ahead so that no other worker takes them meanwhile. */
const claim = ({ db, clock }: Pick<Tools, 'db' | 'clock'>) => {
  const at = clock()
  return db
    .updateTable('letter')
    .set(({ eb }) => ({
      attempts: eb('attempts', '+', 1),
      next_try_at: new Date(at.getTime() + lease_seconds * 1000),
    }))
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('letter')
        .select('id')
        .where('state', '=', 'waiting')
        .where('next_try_at', '<=', at)
        .orderBy('next_try_at')
        .limit(at_once_max)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()
}

async function sendOne(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  transport: MailTransport,
  outcomes: LetterOutcomes,
  letter: Letter,
) {
  const return_path = returnPath(config, letter.id)
  const outcome = await transport.send({
    ...(return_path && { return_path }),
    message_id: letter.message_id,
    mode: letter.mode,
    date: letter.queued_at,
    to: { name: '', address: letter.address },
    subject: letter.subject,
    text: `${letter.body.trim()}\n\n-- \n狼煙 Noroshi  ${labelNames[letter.label]}\n`,
  })
  const at = clock()
  const after = afterAttempt(outcome, letter.attempts, at)
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('letter')
      .set({
        state: after.state,
        answer: outcome.answer,
        next_try_at: after.next_try_at,
        sent_at: after.state === 'sent' ? at : null,
        attempts: after.counts ? letter.attempts : sql<number>`attempts - 1`,
      })
      .where('id', '=', letter.id)
      .where('state', '=', 'waiting')
      .execute()
    await outcomes[letter.purpose]?.(tx, letter, outcome, at)
    if (after.state === 'failed')
      await record(tx, { program: 'letters' }, at, {
        action: 'letter.failed',
        about: letter.about,
        details: { letter_id: letter.id, purpose: letter.purpose, answer: outcome.answer },
      })
  })
  return outcome
}
