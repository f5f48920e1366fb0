import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#ground/db/database.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: { choose: '送り直すものを1つ以上選んでください' },
  en: { choose: 'Choose what to send again' },
})

export const ResendForm = (language: Language) =>
  z
    .object({
      failed: z.literal('yes').optional(),
      perhaps: z.literal('yes').optional(),
      idempotency_key: z.guid(),
    })
    .transform(({ failed, perhaps, idempotency_key }) => ({
      states: [...(failed ? (['failed'] as const) : []), ...(perhaps ? (['perhaps'] as const) : [])],
      idempotency_key,
    }))
    .refine(({ states }) => states.length > 0, { path: ['failed'], message: messages[language].choose })
export type ResendForm = z.output<ReturnType<typeof ResendForm>>

/** Second sendings are numbered from here, past every step of a ladder. */
const resend_step_min = 1000

/** Of each address that nothing of this notice reached, the last try: what may be sent again while its receipt is open. */
const unreached = (notice_id: string) => sql`
  select distinct on (last.receipt_id, last.address, last.channel) last.*
  from delivery last join receipt on receipt.id = last.receipt_id and receipt.closed_at is null
  where last.notice_id = ${notice_id} and last.purpose = 'notice'
    and not exists (select from delivery other where other.receipt_id = last.receipt_id and other.address = last.address
      and other.channel = last.channel and other.purpose = 'notice' and other.state in ('sent', 'waiting', 'sending'))
  order by last.receipt_id, last.address, last.channel, last.step desc`

/** How many addresses a resend would go to now: those that failed, and those of which nobody knows. */
export async function countResend(db: Pick<Database, 'getExecutor'>, notice_id: string) {
  const { rows } = await sql<{ state: 'failed' | 'perhaps'; count: number }>`
    select state, count(*)::int as count from (${unreached(notice_id)}) last group by state`.execute(db as Database)
  const of = (wanted: string) => rows.find(({ state }) => state === wanted)?.count ?? 0
  return { failed: of('failed'), perhaps: of('perhaps') }
}

/**
 * Sends a notice again to those addresses alone that it has not reached, of institutions that have not answered: never to one that
 * took it. The same key again sends nothing more.
 */
export async function resend(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  by: Person,
  { notice_id, states, idempotency_key }: ResendForm & { notice_id: string },
): Promise<{ resent: number }> {
  must(by, 'notice.release')
  const at = clock()
  const host = hostOf(config)
  return db.transaction().execute(async (tx) => {
    // Two who press at once go one after the other: the second finds them on their way.
    const notice = await tx
      .selectFrom('notice')
      .where('id', '=', notice_id)
      .where('state', '=', 'released')
      .select(['mode', 'replaced_by_id'])
      .forUpdate()
      .executeTakeFirst()
    if (!notice) throw new NotFound(`released notice ${notice_id}`)
    const before = await tx
      .selectFrom('trail')
      .where('about', '=', `/notices/${notice_id}`)
      .where('action', '=', 'delivery.resent')
      .where(sql<boolean>`details ->> 'idempotency_key' = ${idempotency_key}`)
      .select('details')
      .executeTakeFirst()
    if (before) return { resent: Number(before.details.resent) }
    const { rows } = await sql<{ state: string }>`
      with chosen as (select * from (${unreached(notice_id)}) last where state = any(${states}::text[])),
      made as (
        insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id, step, channel,
          address, message_id, urgency, queued_at, next_try_at)
        select new.id, notice_id, mode, receipt_id, recipient_id, institution_id, contact_address_id,
          greatest(step + 1, ${resend_step_min}), channel, address, '<' || new.id || '@' || ${host} || '>', urgency, ${at}, ${at}
        from chosen cross join lateral (select gen_random_uuid() as id where chosen.id is not null) new
        on conflict (receipt_id, address, channel, step, purpose) do nothing
        returning receipt_id, address, channel)
      select chosen.state from made join chosen using (receipt_id, address, channel)`.execute(tx)
    const count = (state: string) => rows.filter((row) => row.state === state).length
    await record(tx, by, at, {
      action: 'delivery.resent',
      about: `/notices/${notice_id}`,
      mode: notice.mode,
      details: { resent: rows.length, failed: count('failed'), perhaps: count('perhaps'), idempotency_key },
    })
    return { resent: rows.length }
  })
}
