import type { Database } from '#db/database.ts'
import type { Action } from './record.ts'

/** Lines of the trail, newest first, from below `before`; of one subject, or several, when `about` is given. */
export const trailLines = (
  db: Database,
  { about, before, limit }: { about?: string | readonly string[]; before?: string | undefined; limit: number },
) =>
  db
    .selectFrom('trail')
    .leftJoin('institution', 'institution.id', 'trail.institution_id')
    .selectAll('trail')
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .$if(about !== undefined, (q) => q.where('trail.about', 'in', [about ?? []].flat()))
    .$if(before !== undefined, (q) => q.where('trail.id', '<', before ?? '0'))
    .orderBy('trail.id', 'desc')
    .limit(limit)
    .$narrowType<{ action: Action }>()
    .execute()

export type TrailLine = Awaited<ReturnType<typeof trailLines>>[number]
