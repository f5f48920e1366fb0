import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Audience } from './audience.ts'
import { groupSizes } from './members.ts'

const groups = (db: Database) =>
  db
    .selectFrom('audience_group_now as audience_group')
    .leftJoin('person', 'person.id', 'audience_group.made_by')
    .selectAll('audience_group')
    .select(['person.name_ja as made_by_ja', 'person.name_en as made_by_en'])
    .$narrowType<{ audience: Audience }>()

/** The saved groups that were not removed, by name, each with how many institutions it stands for at that moment. */
export async function listGroups(db: Database, at: Date) {
  const [found, sizes] = await Promise.all([
    groups(db).where('removed_at', 'is', null).orderBy('audience_group.name_ja').execute(),
    groupSizes(db, at),
  ])
  const sizeOf = new Map(sizes.map(({ id, institutions }) => [id, institutions]))
  return found.map((group) => ({ ...group, institutions: sizeOf.get(group.id) ?? 0 }))
}
export type ListedGroup = Awaited<ReturnType<typeof listGroups>>[number]

/** One group, a removed one, too. */
export async function readGroup(db: Database, id: string) {
  const group = await groups(db).where('audience_group.id', '=', id).executeTakeFirst()
  if (!group) throw new NotFound(`audience group ${id}`)
  return group
}
export type Group = Awaited<ReturnType<typeof readGroup>>

type Saved = Pick<Group, 'id' | 'name_ja' | 'name_en' | 'audience' | 'removed_at'>

/** Every group that there ever was, as the names and the ways between groups are told from it. */
export const allGroups = (db: Database): Promise<Saved[]> =>
  db
    .selectFrom('audience_group_now')
    .select(['id', 'name_ja', 'name_en', 'audience', 'removed_at'])
    .$narrowType<{ audience: Audience }>()
    .orderBy('name_ja')
    .execute()

/** The groups that an audience comes to, those within groups included, each once. */
export function groupsWithin(all: readonly Saved[], { groups }: Pick<Audience, 'groups'>): Saved[] {
  const found = new Map<string, Saved>()
  const waiting = [...groups]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const group = all.find((one) => one.id === id)
    if (!group || found.has(id)) continue
    found.set(id, group)
    // What a removed group held no longer counts.
    if (!group.removed_at) waiting.push(...group.audience.groups)
  }
  return [...found.values()]
}

/** The groups not removed that name this one themselves. */
export const usersOf = (all: readonly Saved[], id: string): Saved[] =>
  all.filter(({ removed_at, audience }) => !removed_at && audience.groups.includes(id))
