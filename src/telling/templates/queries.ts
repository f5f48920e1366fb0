import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

/** The newest version of each template that is in use, by kind and name. */
export const currentTemplates = async (db: Database) => {
  const rows = await db.selectFrom('notice_template_now').where('removed_at', 'is', null).selectAll().execute()
  return rows.sort((a, b) => a.kind.localeCompare(b.kind) || a.name_ja.localeCompare(b.name_ja, 'ja'))
}

/** One template in its newest version, in use or not any more (`removed_at`). */
export const findTemplate = (db: Pick<Database, 'selectFrom'>, code: string) =>
  db.selectFrom('notice_template_now').where('code', '=', code).selectAll().executeTakeFirst()

/** One template in its newest version; 404 when it is out of use. */
export async function readTemplate(db: Database, code: string) {
  const template = await findTemplate(db, code)
  if (!template || template.removed_at) throw new NotFound(`template ${code}`)
  return template
}

export type Template = Awaited<ReturnType<typeof readTemplate>>

/** One version as it was, also of a template that is out of use (`removed_at`): a notice may have been made from it. */
export async function readVersion(db: Database, code: string, version: number): Promise<Template> {
  const template = await db
    .selectFrom('notice_template')
    .innerJoin('notice_template_now as newest', 'newest.code', 'notice_template.code')
    .where('notice_template.code', '=', code)
    .where('notice_template.version', '=', version)
    .selectAll('notice_template')
    // Whether it is in use, the newest says for all of them.
    .select('newest.removed_at')
    .executeTakeFirst()
  if (!template) throw new NotFound(`version ${version} of template ${code}`)
  return template
}

/** Who made which version when; the one that takes it out of use, too. */
export const templateVersions = (db: Database, code: string) =>
  db
    .selectFrom('notice_template')
    .leftJoin('person', 'person.id', 'notice_template.made_by')
    .where('code', '=', code)
    .select(['notice_template.version', 'notice_template.made_at', 'notice_template.removed_at'])
    .select(['person.name_ja', 'person.name_en'])
    .orderBy('version', 'desc')
    .execute()
export type TemplateVersion = Awaited<ReturnType<typeof templateVersions>>[number]
