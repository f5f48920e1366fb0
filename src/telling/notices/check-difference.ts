import type { ChannelName } from '#ground/channels/channel.ts'
import type { Database } from '#ground/db/database.ts'
import type { LadderStep } from '#ground/db/tables.ts'
import { canonical } from '#ground/trail/record.ts'
import type { Checked } from './checked.ts'

type Moved<One> = { came: One[]; went: One[] }
type Ids = {
  institutions: Moved<string>
  people: Moved<string>
  /** People who are reached at other addresses. */
  moved: string[]
  steps: Moved<LadderStep>
  channels: Moved<ChannelName>
  /** To whom a correction or a withdrawal goes at once, because the first did. */
  reached: Moved<string>
  is_said_otherwise: boolean
}

/** What came and what went between two checks. Pure. */
export const differenceOf = (before: Checked, now: Checked): Ids => ({
  institutions: between(before.institutions, now.institutions),
  people: between(Object.keys(before.people), Object.keys(now.people)),
  moved: Object.keys(now.people).filter((id) => id in before.people && before.people[id] !== now.people[id]),
  steps: between(before.steps, now.steps),
  channels: between(before.channels, now.channels),
  reached: between(before.reached ?? [], now.reached ?? []),
  is_said_otherwise: before.said !== now.said,
})

function between<One>(before: readonly One[], now: readonly One[]): Moved<One> {
  const [had, has] = [new Set(before.map(canonical)), new Set(now.map(canonical))]
  return {
    came: now.filter((one) => !had.has(canonical(one))),
    went: before.filter((one) => !has.has(canonical(one))),
  }
}

export type Named = { name_ja: string; name_en: string | null }
export type Difference = Omit<Ids, 'institutions' | 'people' | 'moved' | 'reached'> & {
  kept_at: Date
  institutions: Moved<Named>
  people: Moved<Named>
  reached: Moved<Named>
  moved: Named[]
}

/** What has changed since a notice was last written or put forward, with the names that this reader may see; null: nothing. */
export async function readDifference(
  db: Database,
  notice_id: string,
  { checked, digest }: { checked: Checked; digest: string },
): Promise<Difference | null> {
  const kept = await db
    .selectFrom('notice_check')
    .where('notice_id', '=', notice_id)
    .selectAll()
    .$narrowType<{ parts: Checked }>()
    .executeTakeFirst()
  if (!kept || kept.digest === digest) return null
  const { institutions, people, reached, moved, ...rest } = differenceOf(kept.parts, checked)
  const [houses, contacts] = await Promise.all([
    namesIn(db, 'institution', [...institutions.came, ...institutions.went]),
    namesIn(db, 'contact', [...people.came, ...people.went, ...reached.came, ...reached.went, ...moved]),
  ])
  const of = (ids: readonly string[], names: Map<string, Named>) => ids.flatMap((id) => names.get(id) ?? [])
  return {
    ...rest,
    kept_at: kept.kept_at,
    institutions: { came: of(institutions.came, houses), went: of(institutions.went, houses) },
    people: { came: of(people.came, contacts), went: of(people.went, contacts) },
    reached: { came: of(reached.came, contacts), went: of(reached.went, contacts) },
    moved: of(moved, contacts),
  }
}

export async function namesIn(db: Database, table: 'institution' | 'contact', ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Named>()
  const rows = await db
    .selectFrom(table)
    .where('id', 'in', ids)
    .select(['id', 'name_ja', 'name_en'])
    .orderBy('name_ja')
    .execute()
  return new Map(rows.map(({ id, ...name }): [string, Named] => [id, name]))
}
