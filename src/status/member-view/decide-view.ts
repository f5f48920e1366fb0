import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockView } from './lock-view.ts'
import { newestView } from './queries.ts'

export type DecideFailed = 'same_person' | 'agreed' | 'refused' | 'overtaken'

/**
 * Puts a proposal of what members see in force, as another than who made it, or does not. Deciding the same twice is once; of what was
 * decided otherwise, or overtaken by a newer proposal, nothing is written.
 */
export async function decideView(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  version: number,
  decision: 'agreed' | 'refused',
): Promise<{ done: true; failed?: undefined } | { failed: DecideFailed }> {
  must(by, 'member-view.decide')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockView(tx)
    const view = await tx
      .selectFrom('member_view as view')
      .leftJoin('member_view_decision as decision', 'decision.version', 'view.version')
      .where('view.version', '=', version)
      .select(['view.made_by', 'decision.decision'])
      .executeTakeFirst()
    if (!view?.made_by) throw new NotFound(`proposal ${version} of what members see`)
    if (view.decision) return view.decision === decision ? { done: true } : { failed: view.decision }
    const { version: newest } = await newestView(tx)
    if (newest !== version) return { failed: 'overtaken' }
    if (decision === 'agreed' && view.made_by === by.id) return { failed: 'same_person' }
    await tx
      .insertInto('member_view_decision')
      .values({ version, decision, decided_by: by.id, decided_at: at })
      .execute()
    await record(tx, by, at, {
      action: decision === 'agreed' ? 'member-view.agreed' : 'member-view.refused',
      about: '/member-view',
      details: { version, proposed_by: view.made_by },
    })
    return { done: true }
  })
}
