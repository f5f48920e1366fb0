import { roles } from '#ground/rights/person.ts'
import type { FirmSample, Making, MarketSample } from './making.ts'
import { all, desks, desksAndAuditor, type Wing } from './wing.ts'

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
const aReceipt = ofTheNotice('receipt')
const aRecipient = ofTheNotice('recipient')
const aDelivery = ofTheNotice('delivery')

/** How mail says the sample's notice. */
const aRendering: MarketSample = async ({ one, first }) => {
  await one('notice')
  return first('rendering')
}

/** Given by the report that the notice asks for. */
const anAnswer: FirmSample = async (make, firm) => {
  const receipt_id = await make.of(firm, 'receipt')
  await make.of(firm, 'report')
  const { id } = await make.site.db
    .selectFrom('answer')
    .where('receipt_id', '=', receipt_id)
    .select('id')
    .executeTakeFirstOrThrow()
  return id
}

const aDevice: FirmSample = async ({ site, at }, { person }) => {
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

const aChannelState: MarketSample = async ({ site, at }) => {
  await site.db.insertInto('channel_state').values({ channel: 'mail', since: at, checked_at: at }).execute()
  return 'mail'
}

export const delivery = {
  tables: {
    answer: { each: anAnswer, seen: 'own' },
    channel_state: { one: aChannelState, seen: 'nothing' },
    delivery: { each: aDelivery, seen: 'own' },
    push_subscription: { each: aDevice, seen: 'own' },
    receipt: { each: aReceipt, seen: 'own' },
    recipient: { each: aRecipient, seen: 'own' },
    rendering: { one: aRendering, seen: 'addressed' },
  },
  things: {
    // For those who look after all of them; a firm's own is none of theirs to see.
    '/deliveries': { market: 'delivery' },
    // Each person's own, of which nobody has this one.
    '/account/notifications': { market: async () => crypto.randomUUID() },
  },
  pages: {
    '/account/notifications': all,
    '/notices/:id/deliveries': desksAndAuditor,
    '/deliveries/:id': desksAndAuditor,
    '/deliveries/refused': desksAndAuditor,
  },
  forms: {
    '/account/notifications': roles,
    '/account/notifications/:id/end': roles,
    '/notices/:id/resend': desks,
    '/deliveries/refused': desks,
  },
} satisfies Wing
