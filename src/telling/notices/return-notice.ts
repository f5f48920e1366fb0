import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockNotice } from './lock-notice.ts'
import { tellAuthors } from './tell-desk.ts'

export const reason_length_max = 500

/** Sends what was put forward back to its author, who is written to and reads why; as it was seen. */
export async function returnNotice(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  { id, version, return_reason }: { id: string; version: number; return_reason: string },
): Promise<{ id: string } | { failed: 'gone' | 'outdated' }> {
  must(by, 'notice.release')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await lockNotice(tx, id)
    if (notice.version !== version) return { failed: 'outdated' }
    if (notice.state !== 'submitted') return { failed: 'gone' }
    await tx
      .updateTable('notice')
      .set({ state: 'draft', submitted_by: null, submitted_at: null })
      .set({ returned_by: by.id, returned_at: at, return_reason })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'notice.returned',
      about: `/notices/${id}`,
      mode: notice.mode,
      details: { version, reason: return_reason },
    })
    await tellAuthors(tx, tools, by, at, { what: 'returned', notice, reason: return_reason })
    return { id }
  })
}
