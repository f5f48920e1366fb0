import { sql } from 'kysely'
import type { Database } from '#db/database.ts'
import type { Action } from './record.ts'

/** Lines of the trail, newest first, from below `before`; of one subject when `about` is given. */
export const trailLines = (
  db: Database,
  { about, before, limit }: { about?: string; before?: string | undefined; limit: number },
) =>
  lines(db, limit)
    .$if(about !== undefined, (q) => q.where('trail.about', '=', about ?? ''))
    .$if(before !== undefined, (q) => q.where('trail.id', '<', before ?? '0'))
    .execute()

/** What the command centre did in one situation, newest first. Single reports are left out: the board counts them. */
export const situationLog = (db: Database, situation_id: string, limit: number) =>
  lines(db, limit)
    .where('trail.action', '!=', 'report.filed' satisfies Action)
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
