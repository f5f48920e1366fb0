import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockTemplate } from './lock-template.ts'
import { findTemplate } from './queries.ts'

/** Takes a template out of use; notices that were made from it keep it. Twice is not an error. */
export async function removeTemplate({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, code: string) {
  must(by, 'template.edit')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    await lockTemplate(tx, code)
    const newest = await findTemplate(tx, code)
    if (!newest || newest.removed_at) return
    const { id: _, choices, ...said } = newest
    const version = said.version + 1
    await tx
      .insertInto('notice_template')
      .values({ ...said, version, choices: JSON.stringify(choices), made_by: by.id, made_at: at, removed_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'template.removed',
      about: `/notice-templates/${code}`,
      details: { version, name: said.name_ja },
    })
  })
}
