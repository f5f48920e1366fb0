import type { Database } from '#db/database.ts'

/** Situations at work now, newest event first: for the banner on every page. */
export const openSituations = (db: Database) =>
  db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .select(['id', 'mode', 'title_ja', 'title_en', 'event_at'])
    .orderBy('event_at', 'desc')
    .execute()
