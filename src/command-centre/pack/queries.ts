import type { Database } from '#ground/db/database.ts'

/** The packs that are kept, newest first, without their pages. For readers who may 'pack.take'. */
export const packs = (db: Database) =>
  db
    .selectFrom('pack')
    .leftJoin('person', 'person.id', 'pack.made_by')
    .select(['pack.id', 'pack.made_at', 'pack.pages', 'pack.institutions', 'pack.contacts', 'pack.digest'])
    .select(['person.name_ja', 'person.name_en'])
    .orderBy('pack.made_at', 'desc')
    .limit(10)
    .execute()

export type PackView = Awaited<ReturnType<typeof packs>>[number]
