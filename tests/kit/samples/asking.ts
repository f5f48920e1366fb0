import type { FirmSample, MarketSample } from './making.ts'

/** Asked for by the sample's notice. */
export const aRound: MarketSample = async ({ site, one }) => {
  const { round_id } = await site.db
    .selectFrom('notice')
    .where('id', '=', await one('notice'))
    .select('round_id')
    .executeTakeFirstOrThrow()
  return round_id ?? ''
}

/** To the sample's notice, and not to be understood. */
export const aReply: FirmSample = async (make, firm) => {
  const recipient_id = await make.of(firm, 'recipient')
  const { id } = await make.site.db
    .insertInto('reply')
    .values({
      ...{ channel: 'mail', message_id: `<${recipient_id}@firm.example>`, sender: 'x@firm.example', subject: '' },
      ...{ text: '?', finding: 'unclear', recipient_id, receipt_id: await make.of(firm, 'receipt') },
      ...{ received_at: make.at, settled_how: null, settled_by: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const aCall: FirmSample = async (make, firm) => {
  const { id } = await make.site.db
    .insertInto('call')
    .values({
      ...{ receipt_id: await make.of(firm, 'receipt'), recipient_id: await make.of(firm, 'recipient') },
      ...{ institution_id: firm.person.institution_id, outcome: 'busy', called_by: make.desk.person.id },
      ...{ called_at: make.at, idempotency_key: crypto.randomUUID() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const aCallClaim: FirmSample = async (make, firm) => {
  const receipt_id = await make.of(firm, 'receipt')
  const claim = { claimed_by: make.desk.person.id, claimed_until: make.at }
  await make.site.db
    .insertInto('call_claim')
    .values({ receipt_id, ...claim })
    .execute()
  return receipt_id
}
