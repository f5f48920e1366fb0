import type { FirmSample, Making, MarketSample } from './making.ts'

/** One that every institution was sent with the sample's notice. */
const ofTheNotice =
  (table: 'receipt' | 'recipient' | 'delivery'): FirmSample =>
  async (make: Making, { person }) => {
    const { id } = await make.site.db
      .selectFrom(table)
      .where('notice_id', '=', await make.one('notice'))
      .where('institution_id', '=', person.institution_id)
      .select('id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    return id
  }
export const aReceipt = ofTheNotice('receipt')
export const aRecipient = ofTheNotice('recipient')
export const aDelivery = ofTheNotice('delivery')

/** How mail says the sample's notice. */
export const aRendering: MarketSample = async ({ one, first }) => {
  await one('notice')
  return first('rendering')
}

/** Given by the report that the notice asks for. */
export const anAnswer: FirmSample = async (make, firm) => {
  const receipt_id = await make.of(firm, 'receipt')
  await make.of(firm, 'report')
  const { id } = await make.site.db
    .selectFrom('answer')
    .where('receipt_id', '=', receipt_id)
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

export const aDevice: FirmSample = async ({ site, at }, { person }) => {
  const { id } = await site.db
    .insertInto('push_subscription')
    .values({
      ...{ person_id: person.id, institution_id: person.institution_id, device_name: '架空の端末', created_at: at },
      ...{ endpoint: `https://push.example/${person.id}`, p256dh: Buffer.alloc(65), auth: Buffer.alloc(16) },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const aWebhook: FirmSample = async (make, firm) => {
  const contact_address_id = await make.of(firm, 'contact_address')
  const { institution_id } = firm.person
  await make.site.db.insertInto('webhook_endpoint').values({ contact_address_id, institution_id }).execute()
  return contact_address_id
}

export const aChannelState: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('channel_state').values({ channel: 'mail', since: at, checked_at: at }).execute()
  return 'mail'
}
