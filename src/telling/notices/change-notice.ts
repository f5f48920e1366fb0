import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { attach } from './attach.ts'
import { keepCheck } from './checked.ts'
import { asColumns, type NoticeDraft } from './draft-notice.ts'
import { lockNotice } from './lock-notice.ts'

/** Changes a draft, or takes back what was put forward; `version` is the one that the person saw. */
export async function changeNotice(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'origin'>,
  by: Person,
  { id, version, attach: files, ...draft }: NoticeDraft & { id: string; version: number },
): Promise<{ id: string } | { failed: 'outdated' | 'released' }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const known = await lockNotice(tx, id)
    if (known.state === 'released' || known.state === 'dropped') return { failed: 'released' }
    if (known.version !== version) return { failed: 'outdated' }
    const notice = await tx
      .updateTable('notice')
      .set({ ...asColumns(draft), state: 'draft', version: version + 1, submitted_by: null, submitted_at: null })
      .where('id', '=', id)
      .returning(['id', 'replaces_id', 'official_notice_id', 'audience', 'severity'])
      .executeTakeFirstOrThrow()
    if (files) await attach(tx, by, at, notice, files)
    await keepCheck(tx, tools, notice, at)
    await record(tx, by, at, {
      action: 'notice.changed',
      about: `/notices/${id}`,
      mode: known.mode,
      details: { version: version + 1 },
    })
    return { id }
  })
}
