import { sql } from 'kysely'
import type { Tools } from '#app/tools.ts'
import { takeovers_max } from '#mail/index.ts'
import { record } from '#trail/index.ts'

/**
 * Ends deliveries whose worker died once more after many attempts: they may have arrived each time, so they end as 'perhaps'
 * and stand on the page of their notice.
 */
export async function endHopeless({ db, clock }: Pick<Tools, 'db' | 'clock'>) {
  const isHopeless = await db
    .selectFrom('delivery')
    .where('state', '=', 'sending')
    .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
    .where('attempts', '>=', takeovers_max)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  if (!isHopeless) return

  const at = clock()
  await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('delivery')
      .set((eb) => ({
        state: 'perhaps',
        claimed_until: null,
        answer: eb.fn.coalesce('answer', sql<string>`'the program stopped while sending'`),
      }))
      .where('state', '=', 'sending')
      .where('claimed_until', '<', sql<Date>`clock_timestamp()`)
      .where('attempts', '>=', takeovers_max)
      .returning(['notice_id', 'mode', 'institution_id'])
      .execute()
    for (const [notice_id, rows] of Map.groupBy(ended, (row) => row.notice_id)) {
      const [{ mode }] = rows as [(typeof rows)[0]]
      await record(tx, { program: 'deliveries' }, at, {
        action: 'delivery.failed',
        about: `/notices/${notice_id}`,
        mode,
        details: {
          failed: 0,
          perhaps: rows.length,
          institution_ids: [...new Set(rows.map(({ institution_id }) => institution_id))].sort(),
        },
      })
    }
  })
}
