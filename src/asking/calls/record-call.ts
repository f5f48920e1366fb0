import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { outcomes } from './words.ts'

export const note_length_max = 500

const messages = inBoth({
  ja: {
    outcome: '電話の結果を押してください',
    note: `メモは${note_length_max}文字以内で入力してください`,
    key: '画面の情報が壊れています。もう一度押してください',
  },
  en: {
    outcome: 'Press what came of the call',
    note: `Keep the note within ${note_length_max} characters`,
    key: 'Part of the page was lost. Please press again',
  },
})

/** One press after a call. */
export const CallForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    outcome: z.enum(outcomes, say.outcome),
    recipient_id: z
      .literal('')
      .transform(() => null)
      .or(z.uuid(say.key))
      .default(null),
    note: z.string().trim().max(note_length_max, say.note).default(''),
    idempotency_key: z.uuid(say.key),
  })
}
export type CallForm = z.output<ReturnType<typeof CallForm>>

/** Writes down what came of ringing an institution, and lets go of it. The same key again writes nothing more. */
export async function recordCall(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { receipt_id, ...form }: CallForm & { receipt_id: string },
): Promise<void> {
  must(by, 'call.record')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const receipt = await tx
      .selectFrom('receipt')
      .where('id', '=', receipt_id)
      .select(['institution_id', 'mode'])
      .executeTakeFirst()
    if (!receipt) throw new NotFound(`receipt ${receipt_id}`)
    // Nobody of another institution was rung for this one.
    const recipient = form.recipient_id
      ? await tx
          .selectFrom('recipient')
          .where('id', '=', form.recipient_id)
          .where('institution_id', '=', receipt.institution_id)
          .select('id')
          .executeTakeFirst()
      : null
    if (recipient === undefined) throw new NotFound(`recipient ${form.recipient_id}`)
    const { institution_id, mode } = receipt
    const call = await tx
      .insertInto('call')
      .values({ ...form, receipt_id, institution_id, called_by: by.id, called_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!call) return
    await tx.deleteFrom('call_claim').where('receipt_id', '=', receipt_id).where('claimed_by', '=', by.id).execute()
    await record(tx, by, at, {
      action: 'call.recorded',
      about: '/calls',
      mode,
      details: { receipt_id, institution_id, outcome: form.outcome },
    })
  })
}
