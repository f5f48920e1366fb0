import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import type { DeliveryState } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import { deliveryStates } from './words.ts'

export type Filter = { state: DeliveryState | null; channel: ChannelName | null }

/** A released notice, as its deliveries are headed. */
export async function readDelivered(db: Database, id: string) {
  const notice = await db
    .selectFrom('notice')
    .where('id', '=', id)
    .where('state', '=', 'released')
    .select(['id', 'mode', 'label', 'subject_ja', 'subject_en', 'released_at'])
    .executeTakeFirst()
  if (!notice) throw new NotFound(`released notice ${id}`)
  return notice
}
export type Delivered = Awaited<ReturnType<typeof readDelivered>>

/** How many deliveries of a notice fare how, over each channel. */
export async function countDeliveries(db: Database, notice_id: string) {
  const rows = await db
    .selectFrom('delivery')
    .where('notice_id', '=', notice_id)
    .groupBy(['state', 'channel'])
    .select((eb) => ['state', 'channel', eb.fn.countAll<string>().as('count')])
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
export type DeliveryCounts = Awaited<ReturnType<typeof countDeliveries>>

/** A notice's deliveries as a query of which a page takes its part, those that need a look first. For readers who may 'delivery.see'. */
export const deliveriesLike = (db: Database, notice_id: string, { state, channel }: Filter) =>
  db
    .selectFrom('delivery')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .leftJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where('delivery.notice_id', '=', notice_id)
    .$if(state !== null, (query) => query.where('delivery.state', '=', state as DeliveryState))
    .$if(channel !== null, (query) => query.where('delivery.channel', '=', channel as ChannelName))
    .select(['delivery.id', 'delivery.address', 'delivery.channel', 'delivery.state', 'delivery.attempts'])
    .select(['delivery.answer', 'delivery.sent_at', 'delivery.next_try_at', 'delivery.is_held'])
    .select(['institution.name_ja', 'institution.name_en'])
    .select(['recipient.name_ja as contact_ja', 'recipient.name_en as contact_en'])
    .orderBy(sql`array_position(${sql.val([...deliveryStates])}::text[], delivery.state)`)
    .orderBy('institution.name_ja')
    .orderBy('recipient.rank')
    .orderBy('delivery.id')
export type DeliveryLine = Awaited<ReturnType<ReturnType<typeof deliveriesLike>['execute']>>[number]

/** One delivery with its notice and whom it goes to. */
export async function readDelivery(db: Database, id: string) {
  const delivery = await db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .leftJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where('delivery.id', '=', id)
    .selectAll('delivery')
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.label', 'notice.number'])
    .select(['institution.name_ja', 'institution.name_en'])
    .select(['recipient.name_ja as contact_ja', 'recipient.name_en as contact_en'])
    .executeTakeFirst()
  if (!delivery) throw new NotFound(`delivery ${id}`)
  return delivery
}
/** What came back of a delivery and could not be read, the latest first. */
export const unreadBounces = (db: Database, delivery_id: string) =>
  db
    .selectFrom('bounce')
    .where('delivery_id', '=', delivery_id)
    .where('said', 'is not', null)
    .select(['id', 'received_at', 'said'])
    .orderBy('received_at', 'desc')
    .limit(5)
    .execute()
export type UnreadBounce = Awaited<ReturnType<typeof unreadBounces>>[number]

export type DeliveryView = Awaited<ReturnType<typeof readDelivery>>
