import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { hasChanged } from './as-seen.ts'

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
    seen: z.string().default(''),
  })

/**
 * Decides that nothing is opened for a proposal, as it was seen: what has come since is shown first. The first decision stands;
 * to press it twice is not an error.
 */
export async function setAside(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  proposal_id: string,
  { reason, seen }: { reason: string; seen: string },
): Promise<{ id: string } | { failed: 'decided' | 'changed' }> {
  must(by, 'proposal.decide')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const proposal = await tx
      .selectFrom('proposal')
      .select(['mode', 'decision', 'decided_by', 'reason', 'evaluated_at', 'change_ja'])
      .where('id', '=', proposal_id)
      .forUpdate()
      .executeTakeFirst()
    if (!proposal) throw new NotFound(`proposal ${proposal_id}`)
    if (proposal.decision) {
      const is_same = proposal.decision === 'set_aside' && proposal.decided_by === by.id && proposal.reason === reason
      return is_same ? { id: proposal_id } : { failed: 'decided' }
    }
    if (hasChanged(proposal, seen)) return { failed: 'changed' }
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
    return { id: proposal_id }
  })
}
