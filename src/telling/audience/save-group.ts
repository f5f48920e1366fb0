import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { keptAudience } from './audience.ts'
import type { GroupForm } from './group-form.ts'
import { allGroups, groupsWithin } from './groups.ts'

type Saved =
  | { id: string; failed?: undefined }
  | { failed: 'outdated' | 'removed' | 'name_ja' | 'name_en' }
  /** `through`: the chosen group that leads back to this one. */
  | { failed: 'circle'; through: { name_ja: string; name_en: string } }

/**
 * Makes a group (`edited_id` null) or its next version. Of two who change it at once the second is told; the same press twice is heard
 * once, and what changes nothing makes no version.
 */
export async function saveGroup(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  edited_id: string | null,
  { version: seen, idempotency_key, ...said }: GroupForm,
): Promise<Saved> {
  must(by, 'audience.edit')
  const at = clock()
  const id = edited_id ?? idempotency_key ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    const newest = await tx.selectFrom('audience_group_now').selectAll().where('id', '=', id).executeTakeFirst()
    if (!newest && edited_id) throw new NotFound(`audience group ${id}`)
    // One that was kept before there were as many lists says nothing by the others.
    const whole = newest && { ...newest, audience: keptAudience(newest.audience) }
    const judged = judgeVersion(whole, said, { seen, by })
    if (judged.is === 'same') return { id }
    if (judged.is !== 'next') return { failed: judged.is }

    const all = (await allGroups(tx)).filter((one) => one.id !== id)
    const current = all.filter(({ removed_at }) => !removed_at)
    for (const name of ['name_ja', 'name_en'] as const)
      if (current.some((one) => one[name] === said[name])) return { failed: name }
    const self = { id, ...said, removed_at: null }
    const through = [self, ...current]
      .filter((one) => said.audience.groups.includes(one.id))
      .find((one) => one === self || groupsWithin([self, ...all], one.audience).includes(self))
    if (through) return { failed: 'circle', through }

    const { version } = judged
    await tx
      .insertInto('audience_group')
      .values({ ...said, id, version, audience: JSON.stringify(said.audience), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: newest ? 'audience-group.changed' : 'audience-group.added',
      about: `/audiences/${id}`,
      details: { version, name_ja: said.name_ja, changes: changesOf(whole, said) },
    })
    return { id }
  })
}

/** One change of groups at a time: whether one leads back to itself is a matter of all of them. */
export const lockGroups = (tx: Tx) => lock(tx, 'audience-groups')
