import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockView } from './lock-view.ts'
import { newestView, viewInForce } from './queries.ts'
import type { ViewForm } from './view-form.ts'
import { viewFields } from './words.ts'

/**
 * Proposes what members are to see. Nothing changes before a second person agrees; what was proposed before and waits is then
 * overtaken. The same press twice is heard once.
 */
export async function proposeView(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { version: seen, ...said }: ViewForm,
): Promise<{ version: number; failed?: undefined } | { failed: 'outdated' | 'nothing' }> {
  must(by, 'member-view.propose')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockView(tx)
    const newest = await newestView(tx)
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { version: judged.version }
    if (judged.is !== 'next') return { failed: 'outdated' }
    const in_force = await viewInForce(tx, at)
    if (viewFields.every((field) => in_force[field] === said[field])) return { failed: 'nothing' }
    const { version } = judged
    await tx
      .insertInto('member_view')
      .values({ ...said, version, made_by: by.id, made_at: at })
      .execute()
    const { reason, ...fields } = said
    await record(tx, by, at, {
      action: 'member-view.proposed',
      about: '/member-view',
      details: { version, reason, changes: changesOf(in_force, fields) },
    })
    return { version }
  })
}
