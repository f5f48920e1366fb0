import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { blanksIn } from './blanks.ts'
import { checkedNow, holdAudience, keepCheck } from './checked.ts'
import { lockNotice } from './lock-notice.ts'
import { askForRelease } from './tell-desk.ts'

/**
 * Puts a draft forward for release, as it was seen (`seen` names the check), and writes to those who can release it. Twice is not an error; with a blank of
 * its template left it is not taken.
 */
export async function submitNotice(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  { id, version, seen }: { id: string; version: number; seen: string },
): Promise<{ id: string } | { failed: 'outdated' | 'changed' | 'released' | 'blanks' }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await lockNotice(tx, id)
    if (notice.version !== version) return { failed: 'outdated' }
    if (notice.state === 'submitted') return { id }
    if (notice.state !== 'draft') return { failed: 'released' }
    if (blanksIn(notice).length > 0) return { failed: 'blanks' }
    await holdAudience(tx, notice)
    if ((await checkedNow(tx, tools, notice, at)).digest !== seen) return { failed: 'changed' }
    await keepCheck(tx, tools, notice, at)
    await tx
      .updateTable('notice')
      .set({ state: 'submitted', submitted_by: by.id, submitted_at: at })
      .set({ returned_by: null, returned_at: null, return_reason: null })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'notice.submitted',
      about: `/notices/${id}`,
      mode: notice.mode,
      details: { version },
    })
    await askForRelease(tx, tools, by, at, notice)
    return { id }
  })
}
