import { isDeepStrictEqual } from 'node:util'
import { lock } from '#ground/db/lock.ts'
import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
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
): Promise<{ version: number; failed?: undefined } | { failed: 'changed' }> {
  must(by, 'ladder.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    // Of two who save at once, the second sees what the first did.
    await lock(tx, 'ladder', severity, scope)
    const known = await newestLadder(tx, severity, scope)
    const isSame = isDeepStrictEqual(known?.steps ?? [], steps)
    const isOwnNext = known?.made_by === by.id && known.version === seen + 1
    const version = known?.version ?? 0
    if (isSame && (version === seen || isOwnNext)) return { version }
    if (version !== seen) return { failed: 'changed' }
    const next = seen + 1
    await tx
      .insertInto('ladder')
      .values({ severity, scope, version: next, steps: JSON.stringify(steps), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'ladder.edited',
      about: '/ladders',
      details: { severity, scope, version: next, before: known?.steps ?? [], after: steps },
    })
    return { version: next }
  })
}
