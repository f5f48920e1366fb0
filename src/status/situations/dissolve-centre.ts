import type { Database } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { centreOf, keepCentreAct } from './command-centre-acts.ts'
import type { DissolveForm } from './situation-form.ts'

/**
 * Dissolves the command centre 対策本部の廃止 while its situation goes on being followed: rounds, reports, the return and what was
 * published stay as they are. Pressing twice dissolves once; who comes second is told what the first did.
 */
export async function dissolveCentre(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  situation_id: string,
  { reason, reason_code }: DissolveForm,
): Promise<{ failed?: 'closed' | 'dissolved' | 'none' }> {
  must(by, 'command-centre.dissolve')
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
    const centre = centreOf(found)
    if (centre === 'none') return { failed: 'none' }
    if (centre === 'dissolved') {
      const last = await tx
        .selectFrom('command_centre_act')
        .where('situation_id', '=', situation_id)
        .select(['done_by', 'reason'])
        .orderBy('command_centre_act.number', 'desc')
        .limit(1)
        .executeTakeFirst()
      return last?.done_by === by.id && last.reason === reason ? {} : { failed: 'dissolved' }
    }
    await tx.updateTable('situation').set({ centre_dissolved_at: at }).where('id', '=', situation_id).execute()
    const { mode } = found
    await keepCentreAct(tx, by, at, { situation_id, mode, act: 'dissolved', reason, reason_code })
    await record(tx, by, at, {
      action: 'situation.centre-dissolved',
      about: `/situations/${situation_id}`,
      mode,
      details: { reason },
    })
    return {}
  })
}

/** What dissolving it ends and lets go on, in numbers. */
export async function dissolvingEffect(db: Database, situation_id: string) {
  const { members, waiting } = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('role_grant')
        .innerJoin('person', 'person.id', 'role_grant.person_id')
        .where('role_grant.role', '=', 'command_centre_member')
        .where('role_grant.removed_at', 'is', null)
        .where('person.left_at', 'is', null)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('members'),
      selectFrom('receipt')
        .innerJoin('notice', 'notice.id', 'receipt.notice_id')
        .where('notice.situation_id', '=', situation_id)
        .where('notice.answer_wanted', '=', 'report')
        .where('receipt.closed_at', 'is', null)
        .select(({ fn }) => fn.count<string>('receipt.institution_id').distinct().as('count'))
        .as('waiting'),
    ])
    .executeTakeFirstOrThrow()
  const others = await db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .where('centre_set_up_at', 'is not', null)
    .where('centre_dissolved_at', 'is', null)
    .where('id', '<>', situation_id)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return { members: Number(members), waiting: Number(waiting), others: Number(others.count) }
}
export type DissolvingEffect = Awaited<ReturnType<typeof dissolvingEffect>>
