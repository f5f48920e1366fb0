import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Action } from './actions.ts'

/** Lines of the trail, newest first, from below `before`; of one subject when `about` is given, of one person's doing when `person_id` is. */
export const trailLines = (
  db: Database,
  {
    about,
    person_id,
    before,
    limit,
  }: { about?: string; person_id?: string | undefined; before?: string | undefined; limit: number },
) =>
  lines(db, limit)
    .$if(about !== undefined, (q) => q.where('trail.about', '=', about ?? ''))
    .$if(person_id !== undefined, (q) => q.where('trail.person_id', '=', person_id ?? null))
    .$if(before !== undefined, (q) => q.where('trail.id', '<', before ?? '0'))
    .execute()

/** How many lines stand below one, of one person's doing when `person_id` is given. */
export async function countOlder(
  db: Database,
  { person_id, before }: { person_id?: string | undefined; before: string },
) {
  const { count } = await db
    .selectFrom('trail')
    .where('id', '<', before)
    .$if(person_id !== undefined, (q) => q.where('person_id', '=', person_id ?? null))
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** What the command centre did in one situation, newest first. Single reports are left out: the board counts them. */
export const situationLog = (db: Database, situation_id: string, limit: number) =>
  lines(db, limit)
    .where('trail.action', 'not in', ['report.filed', 'report.filed-for'] satisfies Action[])
    .where((eb) =>
      eb.or([
        eb('trail.about', '=', `/situations/${situation_id}`),
        eb.and([
          eb('trail.action', '=', 'publication.published' satisfies Action),
          eb(sql<string>`trail.details ->> 'situation_id'`, '=', situation_id),
        ]),
      ]),
    )
    .execute()

/** Who a page of one person's doings is about; null when there is nobody of that id. */
export const nameOf = async (db: Database, id: string) =>
  (await db.selectFrom('person').where('id', '=', id).select(['id', 'name_ja', 'name_en']).executeTakeFirst()) ?? null
export type Named = NonNullable<Awaited<ReturnType<typeof nameOf>>>

const lines = (db: Database, limit: number) =>
  db
    .selectFrom('trail')
    .leftJoin('institution', 'institution.id', 'trail.institution_id')
    .selectAll('trail')
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy('trail.id', 'desc')
    .limit(limit)
    .$narrowType<{ action: Action }>()

export type TrailLine = Awaited<ReturnType<typeof trailLines>>[number]
