import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockExchange } from './lock-exchange.ts'
import { reason_length_max, reasonField } from './propose.ts'

const messages = inBoth({
  ja: `理由を${reason_length_max}文字以内で入力してください`,
  en: `Enter the reason, in up to ${reason_length_max} characters`,
})
export const EndForm = (language: Language) => z.object({ reason: reasonField(messages[language]) })

/** Either side declines, takes back or ends it: from this moment neither sees the other's contacts. Twice is once. */
export async function endExchange(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  { reason }: { reason: string },
): Promise<void> {
  must(by, 'exchange.agree-own')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const exchange = await lockExchange(tx, by, id)
    if (exchange.ended_at) return
    await tx
      .updateTable('contact_exchange')
      .set({ ended_by: by.id, ended_at: at, ended_side_id: by.institution_id, ending_reason: reason })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'exchange.ended',
      about: `/exchange/${id}`,
      details: {
        institution_id: exchange.is_proposer ? exchange.answering_id : exchange.proposing_id,
        was_agreed: exchange.agreed_at !== null,
        reason,
      },
    })
  })
}
