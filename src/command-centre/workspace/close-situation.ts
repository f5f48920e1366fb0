import { z } from 'zod'
import { closeRoundsOf } from '#asking/rounds/index.ts'
import { endReceipts } from '#delivery/deliveries/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { closePublicly } from '#public/publication/index.ts'

const messages = inBoth({
  ja: {
    reason: '終結の理由を2,000文字以内で入力してください',
    closing: '一般の方への説明を1,000文字以内で入力してください',
  },
  en: {
    reason: 'Enter the reason for closing, in up to 2,000 characters',
    closing: 'Enter what the public is told, in up to 1,000 characters',
  },
})

export const CloseForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    closing_reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
    closing_ja: z.string(say.closing).trim().min(1, say.closing).max(1000, say.closing),
    closing_en: z.string().trim().max(1000, say.closing).default(''),
  })
}
export type CloseForm = z.output<ReturnType<typeof CloseForm>>

/** Closes a situation everywhere, publicly too, at one moment, with its rounds and all that is still asked in it. Closing twice is not an error; the first closing stands. */
export async function closeSituation({ db, clock, origin }: Tools, by: Person, situation_id: string, form: CloseForm) {
  must(by, 'situation.close')
  const at = clock()
  const { closing_reason, closing_ja } = form
  await db.transaction().execute(async (tx) => {
    const closed = await tx
      .updateTable('situation')
      .set({ closed_at: at, closed_by: by.id, closing_reason })
      .where('id', '=', situation_id)
      .where('closed_at', 'is', null)
      .returning(['id', 'mode'])
      .executeTakeFirst()
    if (!closed) {
      if (await tx.selectFrom('situation').select('id').where('id', '=', situation_id).executeTakeFirst()) return
      throw new NotFound(`situation ${situation_id}`)
    }
    await closePublicly(tx, by, { ...closed, at, origin, closing_ja, closing_en: form.closing_en || closing_ja })
    await closeRoundsOf(tx, by, situation_id, at)
    const notices = await tx.selectFrom('notice').where('situation_id', '=', situation_id).select('id').execute()
    await endReceipts(
      tx,
      notices.map(({ id }) => id),
      at,
      'situation closed',
    )
    await record(tx, by, at, {
      action: 'situation.closed',
      about: `/situations/${situation_id}`,
      mode: closed.mode,
      details: { closing_reason },
    })
  })
}
