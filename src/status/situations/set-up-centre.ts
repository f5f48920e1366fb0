import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { centreOf, keepCentreAct } from './command-centre-acts.ts'
import { mustBeCriterion } from './open-situation.ts'
import type { SetUpForm } from './situation-form.ts'

/**
 * Sets up the command centre in a situation that is open, with all that was asked and reported in it: a gathering becomes an
 * emergency. Pressing twice sets up one; who comes second is told what the first did.
 */
export async function setUpCentre(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  situation_id: string,
  { criterion, recovery_minutes, reason, reason_code }: SetUpForm,
): Promise<{ failed?: 'closed' | 'set_up' }> {
  must(by, 'command-centre.set-up')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('situation')
      .where('id', '=', situation_id)
      .select(['mode', 'closed_at', 'centre_set_up_at', 'centre_dissolved_at'])
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new NotFound(`situation ${situation_id}`)
    if (found.closed_at) return { failed: 'closed' }
    if (centreOf(found) === 'set_up') {
      const last = await lastAct(tx, situation_id)
      return last?.done_by === by.id && last.reason === reason ? {} : { failed: 'set_up' }
    }
    await mustBeCriterion(tx, criterion)
    await tx
      .updateTable('situation')
      .set({ ...criterion, centre_set_up_at: found.centre_set_up_at ?? at, centre_dissolved_at: null })
      // A gathering was returned to those alone whom it asked; a command centre is for all, and what they see is decided anew.
      .set(found.centre_set_up_at === null ? { returned_at: null, returned_by: null } : {})
      .set(recovery_minutes === null ? {} : { recovery_minutes })
      .where('id', '=', situation_id)
      .execute()
    const { mode } = found
    await keepCentreAct(tx, by, at, { situation_id, mode, act: 'set_up', reason, reason_code, ...criterion })
    await record(tx, by, at, {
      action: 'situation.centre-set-up',
      about: `/situations/${situation_id}`,
      mode,
      details: { reason },
    })
    return {}
  })
}

const lastAct = (tx: Parameters<typeof keepCentreAct>[0], situation_id: string) =>
  tx
    .selectFrom('command_centre_act')
    .where('situation_id', '=', situation_id)
    .select(['done_by', 'reason'])
    .orderBy('command_centre_act.number', 'desc')
    .limit(1)
    .executeTakeFirst()
