import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockTemplate } from './lock-template.ts'

/** Takes a template out of use; notices that were made from it keep it. Twice is not an error. */
export async function removeTemplate({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, code: string) {
  must(by, 'template.edit')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    await lockTemplate(tx, code)
    const removed = await tx
      .updateTable('notice_template')
      .set({ removed_at: at })
      .where('code', '=', code)
      .where('removed_at', 'is', null)
      .returning('name_ja')
      .execute()
    if (removed.length === 0) return
    await record(tx, by, at, {
      action: 'template.removed',
      about: `/notice-templates/${code}`,
      details: { name: removed.at(-1)?.name_ja },
    })
  })
}
