import type { Database } from '#ground/db/database.ts'
import { labels, mayRead } from '#ground/rights/labels.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** Notices of ministries and authorities, newest issue first: the page and the file show as much of them as they need. */
export function officialNotices(db: Database, reader: Person) {
  must(reader, 'official-notice.see')
  return db
    .selectFrom('official_notice')
    .where('label', 'in', readable(reader))
    .select(['id', 'mode', 'label', 'issuer', 'reference', 'issued_on', 'title', 'registered_at'])
    .orderBy('issued_on', 'desc')
    .orderBy('registered_at', 'desc')
    .orderBy('id')
}

/** A notice is of no institution: only its label decides. */
const readable = (reader: Person) => labels.filter((label) => mayRead(reader, label, null))

/** One notice, with who registered it and the situation to which it belongs. */
export async function readOfficialNotice(db: Database, reader: Person, id: string) {
  must(reader, 'official-notice.see')
  const notice = await db
    .selectFrom('official_notice')
    .innerJoin('person', 'person.id', 'official_notice.registered_by')
    .leftJoin('situation', 'situation.id', 'official_notice.situation_id')
    .where('official_notice.id', '=', id)
    .where('official_notice.label', 'in', readable(reader))
    .selectAll('official_notice')
    .select(['person.name_ja', 'person.name_en', 'situation.title_ja', 'situation.title_en'])
    .executeTakeFirst()
  if (!notice) throw new NotFound(`official notice ${id}`)
  return notice
}

export type ListedNotice = Awaited<ReturnType<ReturnType<typeof officialNotices>['execute']>>[number]
export type NoticeView = Awaited<ReturnType<typeof readOfficialNotice>>
