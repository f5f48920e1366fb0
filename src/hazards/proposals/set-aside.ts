import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: { reason: '見送る理由を2,000文字以内で入力してください' },
  en: { reason: 'Enter the reason for setting it aside, in up to 2,000 characters' },
})

export const SetAsideForm = (language: Language) =>
  z.object({
    reason: z
      .string(messages[language].reason)
      .trim()
      .min(1, messages[language].reason)
      .max(2000, messages[language].reason),
  })

/** Decides that nothing is opened for a proposal. Deciding twice is not an error; the first decision stands. */
export async function setAside({ db, clock }: Tools, by: Person, proposal_id: string, { reason }: { reason: string }) {
  must(by, 'proposal.decide')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const proposal = await tx
      .selectFrom('proposal')
      .select(['mode', 'decision'])
      .where('id', '=', proposal_id)
      .forUpdate()
      .executeTakeFirst()
    if (!proposal) throw new NotFound(`proposal ${proposal_id}`)
    if (proposal.decision) return
    await tx
      .updateTable('proposal')
      .set({ decision: 'set_aside', decided_by: by.id, decided_at: at, reason })
      .where('id', '=', proposal_id)
      .execute()
    await record(tx, by, at, {
      action: 'proposal.set-aside',
      about: `/proposals/${proposal_id}`,
      mode: proposal.mode,
      details: { reason },
    })
  })
}
