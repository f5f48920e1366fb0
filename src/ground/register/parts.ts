import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Item } from './kinds.ts'
import { maySee } from './may-of.ts'

/** So many comments and versions stand on a page that does not ask for all. */
export const shown_max = 20

/** What hangs on a thing, as far as its reader may see it. */
export async function partsOf(db: Database, reader: Person, item: Pick<Item, 'id'>) {
  const [links, files, comments, reviews] = await Promise.all([
    linksOf(db, item.id),
    filesOf(db, item.id),
    commentsOf(db, item.id),
    reviewsOf(db, item.id),
  ])
  return { links: links.filter((link) => maySee(reader, link)), files, comments, reviews }
}
export type Parts = Awaited<ReturnType<typeof partsOf>>

/** Both ways: what it leads to, and what leads to it. */
const linksOf = (db: Database, id: string) =>
  db
    .selectFrom('register_link as link')
    .innerJoin('register_item as other', (join) =>
      join.on(sql<boolean>`other.id = case when link.from_id = ${id} then link.to_id else link.from_id end`),
    )
    .where((eb) => eb.or([eb('link.from_id', '=', id), eb('link.to_id', '=', id)]))
    .where('link.removed_at', 'is', null)
    .select(['link.id as link_id', 'link.relation', 'link.from_id'])
    .select(['other.id', 'other.kind', 'other.number', 'other.mode', 'other.title'])
    .select(['other.institution_id', 'other.label'])
    .orderBy('link.relation')
    .orderBy('link.made_at')
    .execute()

const filesOf = (db: Database, id: string) =>
  db
    .selectFrom('register_file')
    .where('item_id', '=', id)
    .where('removed_at', 'is', null)
    .select(['id', 'file_name', 'size', 'made_at'])
    .orderBy('made_at')
    .execute()

/** The newest first. */
const commentsOf = (db: Database, id: string) =>
  db
    .selectFrom('register_comment as comment')
    .leftJoin('person', 'person.id', 'comment.made_by')
    .where('item_id', '=', id)
    .select(['comment.id', 'comment.text', 'comment.made_at', 'person.name_ja', 'person.name_en'])
    .orderBy('comment.made_at', 'desc')
    .execute()

/** The newest first: that one says when to look next. */
const reviewsOf = (db: Database, id: string) =>
  db
    .selectFrom('register_review as review')
    .leftJoin('person as maker', 'maker.id', 'review.made_by')
    .leftJoin('person as looker', 'looker.id', 'review.looker_id')
    .where('item_id', '=', id)
    .select(['review.version', 'review.note', 'review.next_on', 'review.looker_id', 'review.made_at'])
    .select(['maker.name_ja', 'maker.name_en', 'looker.name_ja as looker_ja', 'looker.name_en as looker_en'])
    .orderBy('review.version', 'desc')
    .execute()
