import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Takes back a request before it is approved; anyone of the desk may. Twice is once. */
export async function withdrawRecovery({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string) {
  must(by, 'recovery.request')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const withdrawn = await tx
      .updateTable('recovery')
      .set({ withdrawn_by: by.id, withdrawn_at: at })
      .where('id', '=', id)
      .where('approved_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .returning('person_id')
      .executeTakeFirst()
    if (!withdrawn) return
    await record(tx, by, at, { action: 'recovery.withdrawn', about: `/recoveries/${id}`, details: withdrawn })
  })
}
