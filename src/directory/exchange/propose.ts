import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

export const reason_length_max = 500

const messages = inBoth({
  ja: {
    institution_id: '相手の機関を選んでください',
    reason: `理由を${reason_length_max}文字以内で入力してください`,
  },
  en: {
    institution_id: 'Choose the other institution',
    reason: `Enter the reason, in up to ${reason_length_max} characters`,
  },
})

export const reasonField = (message: string) => z.string(message).trim().min(1, message).max(reason_length_max, message)

export const ProposalForm = (language: Language) =>
  z.object({
    institution_id: z.uuid(messages[language].institution_id),
    reason: reasonField(messages[language].reason),
  })
export type ProposalForm = z.output<ReturnType<typeof ProposalForm>>

/**
 * Proposes to another institution that both show each other their contacts. Nothing is shown before it agrees.
 * Where something is already proposed or agreed between the two, by whichever side, that one is given and nothing is written.
 */
export async function proposeExchange(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { institution_id, reason }: ProposalForm,
): Promise<{ id: string } | { failed: 'institution' }> {
  must(by, 'exchange.agree-own')
  const at = clock()
  if (institution_id === by.institution_id) return { failed: 'institution' }

  return db.transaction().execute(async (tx) => {
    const partner = await tx
      .selectFrom('institution')
      .where('id', '=', institution_id)
      .select('name_ja')
      .executeTakeFirst()
    if (!partner) return { failed: 'institution' }
    const written = await tx
      .insertInto('contact_exchange')
      .values({
        proposing_id: by.institution_id,
        answering_id: institution_id,
        reason,
        proposed_by: by.id,
        proposed_at: at,
        proposing_confirmed_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written)
      return tx
        .selectFrom('contact_exchange')
        .where('ended_at', 'is', null)
        .where((eb) =>
          eb.or([
            eb.and([eb('proposing_id', '=', by.institution_id), eb('answering_id', '=', institution_id)]),
            eb.and([eb('answering_id', '=', by.institution_id), eb('proposing_id', '=', institution_id)]),
          ]),
        )
        .select('id')
        .executeTakeFirstOrThrow()
    await record(tx, by, at, {
      action: 'exchange.proposed',
      about: `/exchange/${written.id}`,
      details: { institution_id, name_ja: partner.name_ja, reason },
    })
    return written
  })
}

export const proposalMessage = (language: Language) => messages[language].institution_id
