import { NotFound } from '#access/index.ts'
import type { Database } from '#db/database.ts'

/** The newest version of each template that is in use, by kind and name. */
export const currentTemplates = async (db: Database) => {
  const rows = await newest(db).execute()
  return rows.sort((a, b) => a.kind.localeCompare(b.kind) || a.name_ja.localeCompare(b.name_ja, 'ja'))
}

/** One template in its newest version; 404 when it is out of use. */
export async function readTemplate(db: Database, code: string) {
  const template = await newest(db).where('code', '=', code).executeTakeFirst()
  if (!template) throw new NotFound(`template ${code}`)
  return template
}

export type Template = Awaited<ReturnType<typeof readTemplate>>

/** Who made which version when. */
export const templateVersions = (db: Database, code: string) =>
  db
    .selectFrom('notice_template')
    .leftJoin('person', 'person.id', 'notice_template.made_by')
    .where('code', '=', code)
    .select(['notice_template.version', 'notice_template.made_at', 'person.name_ja', 'person.name_en'])
    .orderBy('version', 'desc')
    .execute()

const newest = (db: Database) =>
  db
    .selectFrom('notice_template')
    .where('removed_at', 'is', null)
    .distinctOn('code')
    .orderBy('code')
    .orderBy('version', 'desc')
    .selectAll()
