import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { Audience } from './audience.ts'
import type { GroupForm } from './group-form.ts'
import { allGroups, groupsWithin } from './groups.ts'

type Saved =
  | { id: string; failed?: undefined }
  | { failed: 'outdated' | 'removed' | 'name_ja' | 'name_en' }
  /** `through`: the chosen group that leads back to this one. */
  | { failed: 'circle'; through: { name_ja: string; name_en: string } }

/** Makes a group (`edited_id` null) or changes one. Of two who change it at once the second is told; the same press twice is heard once. */
export async function saveGroup(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  edited_id: string | null,
  { version, idempotency_key, ...said }: GroupForm,
): Promise<Saved> {
  must(by, 'audience.edit')
  const at = clock()
  const id = edited_id ?? idempotency_key ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    await lockGroups(tx)
    const known = await tx.selectFrom('audience_group').selectAll().where('id', '=', id).executeTakeFirst()
    if (!known && edited_id) throw new NotFound(`audience group ${id}`)
    if (known?.removed_at) return { failed: 'removed' }
    if (known && known.changed_by === by.id && known.version === version + 1 && saysSame(known, said)) return { id }
    if (known && known.version !== version) return { failed: 'outdated' }

    const all = (await allGroups(tx)).filter((one) => one.id !== id)
    const current = all.filter(({ removed_at }) => !removed_at)
    for (const name of ['name_ja', 'name_en'] as const)
      if (current.some((one) => one[name] === said[name])) return { failed: name }
    const self = { id, ...said, removed_at: null }
    const through = [self, ...current]
      .filter((one) => said.audience.groups.includes(one.id))
      .find((one) => one === self || groupsWithin([self, ...all], one.audience).includes(self))
    if (through) return { failed: 'circle', through }

    const written = { ...said, audience: JSON.stringify(said.audience), changed_by: by.id, changed_at: at }
    if (known)
      await tx
        .updateTable('audience_group')
        .set({ ...written, version: version + 1 })
        .where('id', '=', id)
        .execute()
    else
      await tx
        .insertInto('audience_group')
        .values({ id, ...written, made_by: by.id, made_at: at })
        .execute()
    await record(tx, by, at, {
      action: known ? 'audience-group.changed' : 'audience-group.added',
      about: `/audiences/${id}`,
      details: { version: known ? version + 1 : 1, ...said },
    })
    return { id }
  })
}

/** One change of groups at a time: whether one leads back to itself is a matter of all of them. */
export const lockGroups = (tx: Tx) => lock(tx, 'audience-groups')

const saysSame = (
  known: { name_ja: string; name_en: string; audience: unknown },
  said: { name_ja: string; name_en: string; audience: Audience },
) =>
  known.name_ja === said.name_ja && known.name_en === said.name_en && isDeepStrictEqual(known.audience, said.audience)
