import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockNotice } from './lock-notice.ts'
import { tellAuthors } from './tell-desk.ts'

/** Gives a draft up: it is never released, and stays to be read; its author hears of it. Twice is not an error. */
export async function dropNotice(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  { id, version }: { id: string; version: number },
): Promise<{ id: string } | { failed: 'outdated' | 'released' }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await lockNotice(tx, id)
    if (notice.state === 'dropped') return { id }
    if (notice.state === 'released') return { failed: 'released' }
    if (notice.version !== version) return { failed: 'outdated' }
    await tx.updateTable('notice').set({ state: 'dropped' }).where('id', '=', id).execute()
    await record(tx, by, at, {
      action: 'notice.dropped',
      about: `/notices/${id}`,
      mode: notice.mode,
      details: { version },
    })
    await tellAuthors(tx, tools, by, at, { what: 'dropped', notice })
    return { id }
  })
}
