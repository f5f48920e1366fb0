import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { takeovers_max } from '#ground/mail/retry.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { oldBefore } from './claim.ts'

/** Why the program ended a delivery by itself; it stands before what the other side said last. */
export type WhyEnded =
  | 'the program stopped while sending'
  | 'not sent: it had waited too long'
  | 'something came back that could not be read'

type Needed = Pick<Tools, 'db' | 'clock'>

/**
 * Ends deliveries whose worker died once more after many, or so long ago that nobody would take over: they may have arrived, so
 * they end as 'perhaps' and stand on the page of their notice.
 */
export async function endHopeless({ db, clock }: Needed) {
  const at = clock()
  await end({ db, at, is_over: isHopeless(at), state: 'perhaps', answer: 'the program stopped while sending' })
}

/** Ends what has waited too long to be sent as if it were new. It is stopped, with its line in the trail. */
export async function endOld({ db, clock }: Needed) {
  const at = clock()
  const is_over = sql<boolean>`state = 'waiting' and queued_at <= ${oldBefore(at)} and bundle_id is null`
  await end({ db, at, is_over, state: 'stopped', answer: 'not sent: it had waited too long' })
}

const isHopeless = (at: Date) => sql<boolean>`state = 'sending' and claimed_until < clock_timestamp()
  and (takeovers >= ${takeovers_max} or queued_at <= ${oldBefore(at)})`

async function end({
  db,
  at,
  is_over,
  state,
  answer,
}: {
  db: Database
  at: Date
  is_over: RawBuilder<boolean>
  state: 'perhaps' | 'stopped'
  answer: WhyEnded
}) {
  if (!(await db.selectFrom('delivery').where(is_over).select('id').limit(1).executeTakeFirst())) return
  await db.transaction().execute(async (tx) => {
    // With what kept it until then, where something did.
    const { rows: ended } = await sql<{ notice_id: string; mode: Mode; institution_id: string }>`
      update delivery set state = ${state}, claimed_until = null,
        answer = ${answer}::text || coalesce(' (' || answer || ')', '')
      where ${is_over}
      returning notice_id, mode, institution_id`.execute(tx)
    const lines = [...Map.groupBy(ended, (row) => row.notice_id)].map(([notice_id, rows]): Line => {
      const institution_ids = [...new Set(rows.map(({ institution_id }) => institution_id))].sort()
      const why = state === 'perhaps' ? { failed: 0, perhaps: rows.length } : { stopped: rows.length, why: answer }
      return {
        action: state === 'perhaps' ? 'delivery.failed' : 'delivery.stopped',
        about: `/notices/${notice_id}`,
        mode: rows[0]?.mode ?? null,
        details: { ...why, institution_ids },
      }
    })
    await record(tx, { program: 'deliveries' }, at, ...lines)
  })
}
