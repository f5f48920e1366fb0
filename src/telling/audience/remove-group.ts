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
    const all = await allGroups(tx)
    const group = all.find((one) => one.id === id)
    if (!group) throw new NotFound(`audience group ${id}`)
    if (group.removed_at) return {}
    const users = usersOf(all, id)
    if (users.length > 0 && !is_used_known) return { failed: 'used' }
    await tx.updateTable('audience_group').set({ removed_by: by.id, removed_at: at }).where('id', '=', id).execute()
    await record(tx, by, at, {
      action: 'audience-group.removed',
      about: `/audiences/${id}`,
      details: { name_ja: group.name_ja, used_by: users.map(({ name_ja }) => name_ja) },
    })
    return {}
  })
}
