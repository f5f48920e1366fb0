import { lock } from '#ground/db/lock.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { Masthead } from '#public/site/index.ts'
import { newestTopPage } from './queries.ts'

/**
 * Makes the next version of what the top page says besides situations, over the one that was seen (0: none). It stands on the public
 * page within seconds. The same press twice is heard once.
 */
export async function saveTopPage(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { version: seen, ...said }: Masthead & { version: number },
): Promise<{ version: number; failed?: undefined } | { failed: 'outdated' }> {
  must(by, 'top-page.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lock(tx, 'top-page')
    const newest = await newestTopPage(tx)
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { version: judged.version }
    // It is changed, never taken out of use.
    if (judged.is !== 'next') return { failed: 'outdated' }
    const { version } = judged
    await tx
      .insertInto('top_page')
      .values({ ...said, version, links: JSON.stringify(said.links), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'top-page.edited',
      about: '/top-page',
      details: { version, changes: changesOf(newest, said) },
    })
    return { version }
  })
}
