import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { urgencyOf } from './messages.ts'

const failures_at_once_max = 500
const receipts_at_once_max = 1000

/**
 * Moves on where something has failed for good, or perhaps: of what failed, the same person's next address of the same means is tried
 * at once, and where nothing else of an open receipt surely got through or still may, its next step is due now. Each is looked at
 * once, whichever worker does it and whatever dies meanwhile. Gives how many were looked at.
 */
export async function followFailures({ db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>): Promise<number> {
  const is_new = await db
    .selectFrom('delivery')
    .where('state', 'in', ['failed', 'perhaps'])
    .where('followed_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  if (!is_new) return 0
  const at = clock()
  const host = hostOf(config)
  return db.transaction().execute(async (tx) => {
    const { rows: followed } = await sql<{
      id: string
      receipt_id: string
      notice_id: string
      mode: Mode
      state: 'failed' | 'perhaps'
    }>`
      with failed as (
        select id from delivery where state in ('failed', 'perhaps') and followed_at is null limit ${failures_at_once_max}
        for update skip locked)
      update delivery set followed_at = ${at} from failed where delivery.id = failed.id
      returning delivery.id, delivery.receipt_id, delivery.notice_id, delivery.mode, delivery.state`.execute(tx)
    const ids = followed.map(({ id }) => id)
    // The order of the addresses is the one in which the person wants to be tried.
    const { rows: added } = await sql<{ notice_id: string }>`
      insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id, step, channel, address,
        message_id, urgency, queued_at, next_try_at)
      select made.id, failed.notice_id, failed.mode, failed.receipt_id, failed.recipient_id, failed.institution_id,
        (next.entry ->> 'id')::uuid, failed.step, failed.channel, next.entry ->> 'address',
        '<' || made.id || '@' || ${host} || '>', failed.urgency, ${at}, ${at}
      from delivery failed
      join receipt on receipt.id = failed.receipt_id and receipt.closed_at is null
      join recipient on recipient.id = failed.recipient_id
      join lateral (select entry ->> 'means' as means, place from jsonb_array_elements(recipient.addresses) with ordinality as all_of(entry, place)
        where entry ->> 'address' = failed.address limit 1) tried on true
      join lateral (select entry from jsonb_array_elements(recipient.addresses) with ordinality as all_of(entry, place)
        where all_of.place > tried.place and entry ->> 'means' = tried.means order by all_of.place limit 1) next on true
      cross join lateral (select gen_random_uuid() as id where failed.id is not null) made
      where failed.id = any(${ids}::uuid[]) and failed.state = 'failed' and failed.purpose = 'notice' and failed.step < 1000
      for share of receipt
      on conflict (receipt_id, address, channel, step, purpose) do nothing
      returning notice_id`.execute(tx)
    const moved = await moveOn(tx, at, sql`receipt.id = any(${followed.map(({ receipt_id }) => receipt_id)}::uuid[])`)
    const lines = [...Map.groupBy(followed, (row) => row.notice_id)].map(
      ([notice_id, of_notice]): Line => ({
        action: 'delivery.followed',
        about: `/notices/${notice_id}`,
        mode: of_notice[0]?.mode ?? null,
        details: {
          failed: of_notice.filter(({ state }) => state === 'failed').length,
          perhaps: of_notice.filter(({ state }) => state === 'perhaps').length,
          addresses: added.filter((row) => row.notice_id === notice_id).length,
          steps: moved.filter((row) => row.notice_id === notice_id).length,
        },
      }),
    )
    await record(tx, { program: 'deliveries' }, at, ...lines)
    return followed.length
  })
}

/**
 * While a channel is lost, or does not answer what it was given, the next step of every open receipt that has nothing else on its way
 * is due now; while it is merely slow, of those alone that are urgent. Once for each step: what the next step sends is on its way,
 * unless its channel is in trouble, too.
 */
export async function passLostChannels({ db, clock }: Pick<Tools, 'db' | 'clock'>): Promise<number> {
  const at = clock()
  const lost = await db
    .selectFrom('channel_state')
    .where('problem', 'is not', null)
    .where('since', '<=', new Date(at.getTime() - settle_s * 1000))
    .select(['channel', 'trouble'])
    .execute()
  if (lost.length === 0) return 0
  const channels = lost.map(({ channel }) => channel)
  const slow = lost.filter(({ trouble }) => trouble === 'slow').map(({ channel }) => channel)
  const is_held_up = sql<boolean>`receipt.id in (select receipt_id from delivery
    where channel = any(${channels}::text[]) and state in ('waiting', 'sending')
      and (urgency = ${sql.lit(urgencyOf('urgent'))} or channel <> all(${slow}::text[])))`
  const [waiting] = (await sql`select 1 ${candidates(is_held_up)} limit 1`.execute(db)).rows
  if (!waiting) return 0
  return db.transaction().execute(async (tx) => {
    const moved = await moveOn(tx, at, is_held_up)
    const lines = [...Map.groupBy(moved, (row) => row.notice_id)].map(
      ([notice_id, of_notice]): Line => ({
        action: 'delivery.followed',
        about: `/notices/${notice_id}`,
        mode: of_notice[0]?.mode ?? null,
        details: { lost: channels, steps: of_notice.length },
      }),
    )
    await record(tx, { program: 'deliveries' }, at, ...lines)
    return moved.length
  })
}

/** A channel that is back within this was not lost long enough to call people up. */
const settle_s = 5

/** Open receipts of which nothing was surely handed over, and nothing is on its way on a channel that works. */
const candidates = (which: RawBuilder<boolean>) => sql`
  from receipt where closed_at is null and next_step_at is not null and step > 0 and ${which}
    and exists (select from delivery where delivery.receipt_id = receipt.id and purpose = 'notice')
    and not exists (
      select from delivery left join channel_state on channel_state.channel = delivery.channel
      where delivery.receipt_id = receipt.id and delivery.purpose = 'notice'
        and (state = 'sent' or state in ('waiting', 'sending') and channel_state.problem is null))`

const moveOn = async (tx: Tx, at: Date, which: RawBuilder<boolean>) => {
  const { rows } = await sql<{ notice_id: string; mode: Mode }>`
    with stuck as (select id ${candidates(which)} and next_step_at > ${at} limit ${receipts_at_once_max} for update skip locked)
    update receipt set next_step_at = ${at} from stuck where receipt.id = stuck.id
    returning receipt.notice_id, receipt.mode`.execute(tx)
  return rows
}
