import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Moves an open situation between emergency and recovery (S0-48). Moving to where it is already changes nothing and is no failure. */
export async function changePhase(
  { db, clock }: Tools,
  by: Person,
  situation_id: string,
  phase: 'emergency' | 'recovery',
): Promise<{ failed?: 'closed' }> {
  must(by, 'situation.change')
  return db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('situation')
      .set({ phase })
      .where('id', '=', situation_id)
      .where('closed_at', 'is', null)
      .where('phase', '!=', phase)
      .returning('mode')
      .executeTakeFirst()
    if (changed) {
      await record(tx, by, clock(), {
        action: 'situation.phase-changed',
        about: `/situations/${situation_id}`,
        mode: changed.mode,
        details: { phase },
      })
      return {}
    }
    const found = await tx.selectFrom('situation').select('phase').where('id', '=', situation_id).executeTakeFirst()
    if (!found) throw new NotFound(`situation ${situation_id}`)
    return found.phase === phase ? {} : { failed: 'closed' }
  })
}
