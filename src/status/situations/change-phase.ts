import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Moves an open situation between emergency and recovery (S0-48); a gathering is neither. Moving to where it is already changes nothing and is no failure. */
export async function changePhase(
  { db, clock }: Tools,
  by: Person,
  situation_id: string,
  phase: 'emergency' | 'recovery',
): Promise<{ failed?: 'closed' | 'gathering' }> {
  must(by, 'situation.change')
  return db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('situation')
      .set({ phase })
      .where('id', '=', situation_id)
      .where('closed_at', 'is', null)
      .where('centre_set_up_at', 'is not', null)
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
    const found = await tx
      .selectFrom('situation')
      .select(['phase', 'closed_at', 'centre_set_up_at'])
      .where('id', '=', situation_id)
      .executeTakeFirst()
    if (!found) throw new NotFound(`situation ${situation_id}`)
    if (!found.closed_at && !found.centre_set_up_at) return { failed: 'gathering' }
    return found.phase === phase ? {} : { failed: 'closed' }
  })
}
