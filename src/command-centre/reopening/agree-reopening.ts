import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { reopenPublicly } from '#public/publication/index.ts'
import { restoreCentre } from '#status/situations/index.ts'
import { waitingReopening } from './queries.ts'

/**
 * A second person opens the situation again, everywhere at one moment; the public, if it was told of the closing, is told that this was
 * a mistake. A command centre that the closing dissolved stands again; one that had been dissolved before does not. What had ended stays ended. Agreeing twice is not an error.
 */
export async function agreeReopening(
  { db, clock, origin }: Tools,
  by: Person,
  situation_id: string,
  reopening_id: string,
): Promise<{ id: string } | { failed: 'gone' | 'own' }> {
  must(by, 'situation.reopen')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const found = await lockReopening(tx, situation_id, reopening_id)
    if (found?.decision === 'agreed') return { id: situation_id }
    if (!found || found.decision) return { failed: 'gone' }
    if (found.asked_by === by.id) return { failed: 'own' }
    const { mode, text_ja, text_en, reason } = found
    await tx
      .updateTable('situation')
      .set({ closed_at: null, closed_by: null, closing_reason: null })
      .where('id', '=', situation_id)
      .execute()
    const restored = await restoreCentre(tx, by, at, { id: situation_id, mode, reason })
    const times = await tx
      .selectFrom('situation')
      .where('id', '=', situation_id)
      .select(['centre_set_up_at', 'centre_dissolved_at'])
      .executeTakeFirstOrThrow()
    await reopenPublicly(tx, by, { id: situation_id, mode, ...times, at, origin, text_ja, text_en })
    await decide(tx, by, at, reopening_id, 'agreed')
    const reopened: Line = {
      action: 'situation.reopened',
      about: `/situations/${situation_id}`,
      mode,
      details: { reason, asked_by: found.asked_by, closed_at: found.closed_at },
    }
    await record(tx, by, at, reopened, ...restored)
    return { id: situation_id }
  })
}

/** Whoever asked, or another of the desk, lets it be: the situation stays closed, unless another agreed meanwhile. Twice is once. */
export async function dropReopening(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  situation_id: string,
  reopening_id: string,
): Promise<{ failed?: 'gone' }> {
  must(by, 'situation.reopen')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const found = await lockReopening(tx, situation_id, reopening_id)
    if (found?.decision === 'dropped') return {}
    if (!found || found.decision) return { failed: 'gone' }
    await decide(tx, by, at, reopening_id, 'dropped')
    await record(tx, by, at, {
      action: 'situation.reopening-dropped',
      about: `/situations/${situation_id}`,
      mode: found.mode,
    })
    return {}
  })
}

/** The situation first, as for every act on it: who asks, agrees and closes wait for each other. */
async function lockReopening(tx: Tx, situation_id: string, reopening_id: string) {
  const situation = await tx
    .selectFrom('situation')
    .where('id', '=', situation_id)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  if (!situation) throw new NotFound(`situation ${situation_id}`)
  const waiting = await waitingReopening(tx, situation_id)
  if (waiting?.id === reopening_id) return waiting
  return tx
    .selectFrom('reopening')
    .where('situation_id', '=', situation_id)
    .where('id', '=', reopening_id)
    .selectAll()
    .executeTakeFirst()
}

const decide = (tx: Tx, by: Person, at: Date, id: string, decision: 'agreed' | 'dropped') =>
  tx.updateTable('reopening').set({ decision, decided_by: by.id, decided_at: at }).where('id', '=', id).execute()
