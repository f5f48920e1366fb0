import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'

/**
 * Puts institutions that still have to answer on the call list, or takes them off; gives how many changed. Those that have answered
 * meanwhile stay off.
 */
export async function putOnCallList(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  {
    receipt_ids,
    is_listed,
    about = '/calls',
  }: { receipt_ids: readonly string[]; is_listed: boolean /** The page it was done on. */; about?: string },
): Promise<number> {
  must(by, 'call.record')
  if (receipt_ids.length === 0) return 0
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('receipt')
      .set(is_listed ? { call_since: at } : { call_since: null, call_wanted_at: null })
      .where('id', 'in', receipt_ids)
      .where((eb) => eb.or([eb('closed_at', 'is', null), eb('call_wanted_at', 'is not', null)]))
      .where('call_since', is_listed ? 'is' : 'is not', null)
      .returning(['id', 'mode', 'institution_id'])
      .execute()
    const lines = [...Map.groupBy(changed, (row) => row.mode)].map(
      ([mode, rows]): Line => ({
        action: 'call.listed',
        about,
        mode,
        details: { is_listed, institution_ids: rows.map(({ institution_id }) => institution_id).sort() },
      }),
    )
    await record(tx, by, at, ...lines)
    return changed.length
  })
}
