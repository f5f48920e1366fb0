import { sql } from 'kysely'
import type { ChannelName } from '#ground/channels/channel.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import type { Settled } from './settled.ts'

/** One line of the trail for each notice and result; what only has to wait longer is told to open pages, no more. */
export async function tellOutcome(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  channel: ChannelName,
  settled: readonly Settled[],
  { is_twice = false }: { is_twice?: boolean } = {},
) {
  const at = clock()
  const lines: Line[] = []
  await db.transaction().execute(async (tx) => {
    for (const [notice_id, of_notice] of Map.groupBy(settled, ({ delivery }) => delivery.notice_id)) {
      const [{ delivery }] = of_notice as [Settled]
      const line = { about: `/notices/${notice_id}`, mode: delivery.mode }
      const count = (wanted: Settled['state']) => of_notice.filter(({ state }) => state === wanted).length
      if (is_twice) {
        const details = { channel, deliveries: of_notice.map(({ delivery }) => delivery.delivery_id).sort() }
        lines.push({ ...line, action: 'delivery.sent-twice', details })
        continue
      }
      const lost_ones = of_notice.filter(({ state }) => state === 'failed' || state === 'perhaps')
      if (count('sent') > 0) lines.push({ ...line, action: 'delivery.sent', details: { channel, sent: count('sent') } })
      if (lost_ones.length > 0)
        lines.push({
          ...line,
          action: 'delivery.failed',
          details: {
            channel,
            failed: count('failed'),
            perhaps: count('perhaps'),
            institution_ids: [...new Set(lost_ones.map(({ delivery }) => delivery.institution_id))].sort(),
          },
        })
      if (count('waiting') === of_notice.length) await sql`select pg_notify('changed', ${line.about})`.execute(tx)
    }
    await record(tx, { program: 'deliveries' }, at, ...lines)
  })
}
