import type { Database } from '#ground/db/database.ts'
import type { Action } from './actions.ts'

/**
 * Who did the last of these to a thing, and when: what the second of two people is told. On the whole database: who may do
 * the same may know who did it, whether or not they read the trail.
 */
export const lastActOn = (whole: Database, about: string, actions: readonly Action[]) =>
  whole
    .selectFrom('trail')
    .leftJoin('person', 'person.id', 'trail.person_id')
    .where('trail.about', '=', about)
    .where('trail.action', 'in', actions)
    .select(['trail.at', 'trail.action', 'trail.person_id', 'person.name_ja', 'person.name_en'])
    .orderBy('trail.id', 'desc')
    .limit(1)
    .$narrowType<{ action: Action }>()
    .executeTakeFirst()
export type LastAct = NonNullable<Awaited<ReturnType<typeof lastActOn>>>
