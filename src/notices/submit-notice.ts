import { must, type Person } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/index.ts'
import { blanksIn } from './blanks.ts'
import { lockNotice } from './lock-notice.ts'

/** Puts a draft forward for release, as it was seen. Twice is not an error; with a blank of its template left it is not taken. */
export async function submitNotice(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, version }: { id: string; version: number },
): Promise<{ id: string } | { failed: 'changed' | 'released' | 'blanks' }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await lockNotice(tx, id)
    if (notice.version !== version) return { failed: 'changed' }
    if (notice.state === 'submitted') return { id }
    if (notice.state !== 'draft') return { failed: 'released' }
    if (blanksIn(notice).length > 0) return { failed: 'blanks' }
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
    return { id }
  })
}
