import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { hasChanged } from './as-seen.ts'

const messages = inBoth({
  ja: {
    situation: '加える事案を選んでください',
    gone: 'この事案には加えられません。終結したか、区分（実災害・訓練）が違います。ほかの事案を選ぶか、対策本部を設置してください',
    reason: '加える理由を2,000文字以内で入力してください',
  },
  en: {
    situation: 'Choose the situation to join it to',
    gone: 'It cannot be joined to this situation, which is closed or of another mode. Choose another, or set up the command centre',
    reason: 'Enter the reason for joining it, in up to 2,000 characters',
  },
})

export const JoinForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    situation_id: z.uuid(say.situation),
    join_reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
    seen: z.string().default(''),
  })
}
export const cannotJoin = (language: Language) => ({ situation_id: messages[language].gone })

/**
 * Decides that a proposal is about what a situation is at work on: nothing new is opened, and what the agency says of it from now on is
 * told to that situation. It is decided as it was seen: what has come since is shown first. The same twice is not an error; whoever decides second and otherwise is told.
 */
export async function joinSituation(
  { db, clock }: Tools,
  by: Person,
  proposal_id: string,
  { situation_id, join_reason: reason, seen }: z.output<ReturnType<typeof JoinForm>>,
): Promise<{ failed?: 'gone' | 'decided' | 'changed' }> {
  must(by, 'proposal.decide')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const proposal = await tx
      .selectFrom('proposal')
      .select(['mode', 'decision', 'title_ja', 'joined_id', 'decided_by', 'reason', 'evaluated_at', 'change_ja'])
      .where('id', '=', proposal_id)
      .forUpdate()
      .executeTakeFirst()
    if (!proposal) throw new NotFound(`proposal ${proposal_id}`)
    if (proposal.decision) {
      const is_same = proposal.joined_id === situation_id && proposal.decided_by === by.id && proposal.reason === reason
      return is_same ? {} : { failed: 'decided' }
    }
    if (hasChanged(proposal, seen)) return { failed: 'changed' }
    // Held, so that nobody closes it meanwhile.
    const situation = await tx
      .selectFrom('situation')
      .select('id')
      .where('id', '=', situation_id)
      .where('mode', '=', proposal.mode)
      .where('closed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!situation) return { failed: 'gone' }
    await tx
      .updateTable('proposal')
      .set({ decision: 'joined', joined_id: situation_id, decided_by: by.id, decided_at: at, reason })
      .where('id', '=', proposal_id)
      .execute()
    await record(tx, by, at, {
      action: 'situation.joined',
      about: `/situations/${situation_id}`,
      mode: proposal.mode,
      details: { proposal_id, title: proposal.title_ja, reason },
    })
    return {}
  })
}
