import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Action } from './actions.ts'
import { matching, type Places, type Sought } from './sought.ts'

/** Lines of the trail, newest first, from below `before`; of one subject when `about` is given, of what is sought when that is. */
export const trailLines = (
  db: Database,
  {
    about,
    sought,
    places = null,
    before,
    limit,
  }: {
    about?: string
    sought?: Sought
    /** Those of the situation that is sought. */
    places?: Places | null
    before?: string | undefined
    limit: number
  },
) =>
  lines(db, limit)
    .$if(about !== undefined, (q) => q.where('trail.about', '=', about ?? ''))
    .$if(sought !== undefined, (q) => q.where(matching(sought as Sought, places)))
    .$if(before !== undefined, (q) => q.where('trail.id', '<', before ?? '0'))
    .execute()

/** How many lines of what is sought stand below one. */
export async function countOlder(
  db: Database,
  { sought, places, before }: { sought: Sought; places: Places | null; before: string },
) {
  const { count } = await db
    .selectFrom('trail')
    .where(matching(sought, places))
    .where('trail.id', '<', before)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The situations that lines can be asked for by: the newest, and the one that was. */
export const situationsToAsk = (db: Database, asked: string) =>
  db
    .selectFrom('situation')
    .select(['id', 'mode', 'title_ja', 'title_en', 'opened_at'])
    .orderBy(sql`id = ${asked === '' ? null : asked}::uuid`, (order) => order.desc().nullsLast())
    .orderBy('opened_at', 'desc')
    .limit(situations_max)
    .execute()
const situations_max = 20
export type ToAsk = Awaited<ReturnType<typeof situationsToAsk>>[number]

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
