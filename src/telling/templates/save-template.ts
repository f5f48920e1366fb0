import { randomUUID } from 'node:crypto'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockTemplate } from './lock-template.ts'
import { findTemplate } from './queries.ts'
import type { TemplateForm } from './template-form.ts'

type Saved = { code: string; failed?: undefined } | { failed: 'outdated' | 'removed' }

/**
 * Makes a template (`edited` null) or a new version of one, if nobody else has meanwhile made one over the version that was seen.
 * The same press twice is heard once, and what changes nothing makes no version. Older versions stay: notices were made from them.
 */
export async function saveTemplate(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  edited: string | null,
  { version: seen, code: named, ...said }: TemplateForm,
): Promise<Saved> {
  must(by, 'template.edit')
  const at = clock()
  const code = edited ?? named ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    await lockTemplate(tx, code)
    const newest = await findTemplate(tx, code)
    if (edited && !newest) throw new NotFound(`template ${code}`)
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { code }
    if (judged.is !== 'next') return { failed: judged.is }
    const { version } = judged
    await tx
      .insertInto('notice_template')
      .values({ ...said, code, version, choices: JSON.stringify(said.choices), made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'template.edited',
      about: `/notice-templates/${code}`,
      details: { version, name: said.name_ja, changes: changesOf(newest, said) },
    })
    return { code }
  })
}
