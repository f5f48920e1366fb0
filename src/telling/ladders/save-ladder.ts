import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockLadder } from './lock-ladders.ts'
import { newestLadder } from './queries.ts'
import type { Scope } from './rules.ts'

/**
 * Makes the next version of a ladder, if the one that was seen (0: none) is still the newest; no steps in a special scope: as for
 * all. Notices that are out keep the version they were released with. The same press twice is heard once.
 */
export async function saveLadder(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { severity, scope }: { severity: NoticeSeverity; scope: Scope },
  { steps, version: seen }: { steps: readonly LadderStep[]; version: number },
): Promise<{ version: number; failed?: undefined } | { failed: 'outdated' }> {
  must(by, 'ladder.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockLadder(tx, severity, scope)
    const newest = await newestLadder(tx, severity, scope)
    const judged = judgeVersion(newest, { steps }, { seen, by })
    if (judged.is === 'same') return { version: judged.version }
    // A ladder is never taken out of use: one without steps says "as for all".
    if (judged.is !== 'next') return { failed: 'outdated' }
    const { version } = judged
    await tx
      .insertInto('ladder')
      .values({ severity, scope, version, steps: JSON.stringify(steps), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'ladder.edited',
      about: '/ladders',
      details: { severity, scope, version, changes: changesOf(newest, { steps }) },
    })
    return { version }
  })
}
