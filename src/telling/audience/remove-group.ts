import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { allGroups, usersOf } from './groups.ts'
import { lockGroups } from './save-group.ts'

/**
 * Takes a group out of use; it stays readable. Where other groups name it, only with `is_used_known`: they stand for fewer
 * institutions from then on. Removing twice is heard once.
 */
export async function removeGroup(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  { is_used_known }: { is_used_known: boolean },
): Promise<{ failed?: 'used' }> {
  must(by, 'audience.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    const newest = await tx.selectFrom('audience_group_now').selectAll().where('id', '=', id).executeTakeFirst()
    if (!newest) throw new NotFound(`audience group ${id}`)
    if (newest.removed_at) return {}
    const users = usersOf(await allGroups(tx), id)
    if (users.length > 0 && !is_used_known) return { failed: 'used' }
    const version = newest.version + 1
    await tx
      .insertInto('audience_group')
      .values({
        ...newest,
        version,
        audience: JSON.stringify(newest.audience),
        made_by: by.id,
        made_at: at,
        removed_at: at,
      })
      .execute()
    await record(tx, by, at, {
      action: 'audience-group.removed',
      about: `/audiences/${id}`,
      details: { version, name_ja: newest.name_ja, used_by: users.map(({ name_ja }) => name_ja) },
    })
    return {}
  })
}
