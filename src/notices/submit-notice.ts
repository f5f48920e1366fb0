import { must, NotFound, type Person } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/index.ts'

/** Puts a draft forward for release, as it was seen. Twice is not an error. */
export async function submitNotice(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, version }: { id: string; version: number },
): Promise<{ id: string } | { failed: 'changed' | 'released' }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await tx
      .selectFrom('notice')
      .select(['state', 'version', 'mode', 'situation_id'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!notice) throw new NotFound(`notice ${id}`)
    if (notice.version !== version) return { failed: 'changed' }
    if (notice.state === 'submitted') return { id }
    if (notice.state !== 'draft') return { failed: 'released' }
    await tx
      .updateTable('notice')
      .set({ state: 'submitted', submitted_by: by.id, submitted_at: at })
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
