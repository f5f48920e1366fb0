import type { Database, Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Line } from '#ground/trail/record.ts'

/** Where a situation stands with its command centre. */
export type Centre = 'none' | 'set_up' | 'dissolved'
type Times = { centre_set_up_at: Date | null; centre_dissolved_at: Date | null }

export const centreOf = ({ centre_set_up_at, centre_dissolved_at }: Times): Centre =>
  centre_set_up_at === null ? 'none' : centre_dissolved_at === null ? 'set_up' : 'dissolved'

type Act = {
  situation_id: string
  mode: Mode
  act: 'set_up' | 'dissolved' | 'restored'
  reason: string
  reason_code?: string | null
  criterion_id?: string
  criterion_version?: number
  is_with_closing?: boolean
}

/** Adds one act to the history of a command centre, which nobody edits. */
export async function keepCentreAct(
  tx: Tx,
  by: Person,
  at: Date,
  { situation_id, mode, act, reason, reason_code, criterion_id, criterion_version, is_with_closing }: Act,
) {
  await tx
    .insertInto('command_centre_act')
    .values({
      ...{ situation_id, mode, act, reason, done_by: by.id, done_at: at },
      reason_code: reason_code ?? null,
      criterion_id: criterion_id ?? null,
      criterion_version: criterion_version ?? null,
      is_with_closing: is_with_closing ?? false,
    })
    .execute()
}

type Of = { id: string; mode: Mode }

/** Dissolves the command centre, if one stands, with the closing of its situation; gives its line for the trail. */
export async function dissolveWithClosing(
  tx: Tx,
  by: Person,
  at: Date,
  { id, mode, reason, ...times }: Of & Times & { reason: string },
): Promise<Line[]> {
  if (centreOf(times) !== 'set_up') return []
  await keepCentreAct(tx, by, at, { situation_id: id, mode, act: 'dissolved', reason, is_with_closing: true })
  return [{ action: 'situation.centre-dissolved', about: `/situations/${id}`, mode, details: { reason } }]
}

/** Whether the closing of a situation dissolved its command centre, too: then the end of the closing brings that back. */
export async function wasDissolvedByClosing(db: Database | Tx, situation_id: string): Promise<boolean> {
  const last = await db
    .selectFrom('command_centre_act')
    .where('situation_id', '=', situation_id)
    .select(['act', 'is_with_closing'])
    .orderBy('command_centre_act.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.act === 'dissolved' && last.is_with_closing
}

/** Brings back the command centre that a mistaken closing dissolved, and none that had been dissolved before it. */
export async function restoreCentre(
  tx: Tx,
  by: Person,
  at: Date,
  { id, mode, reason }: Of & { reason: string },
): Promise<Line[]> {
  if (!(await wasDissolvedByClosing(tx, id))) return []
  await tx.updateTable('situation').set({ centre_dissolved_at: null }).where('id', '=', id).execute()
  await keepCentreAct(tx, by, at, { situation_id: id, mode, act: 'restored', reason })
  return [{ action: 'situation.centre-restored', about: `/situations/${id}`, mode, details: { reason } }]
}

/** Every act on the command centre of a situation, the first first, with who did it; empty for readers who see no such acts. */
export const centreActs = (db: Database, situation_id: string) =>
  db
    .selectFrom('command_centre_act')
    .innerJoin('person', 'person.id', 'command_centre_act.done_by')
    .leftJoin('criterion', (join) =>
      join
        .onRef('criterion.id', '=', 'command_centre_act.criterion_id')
        .onRef('criterion.version', '=', 'command_centre_act.criterion_version'),
    )
    .where('situation_id', '=', situation_id)
    .select(['command_centre_act.id', 'act', 'is_with_closing', 'command_centre_act.reason', 'done_by', 'done_at'])
    .select(['person.name_ja as done_by_ja', 'person.name_en as done_by_en'])
    .select(['criterion.name_ja as criterion_ja', 'criterion.name_en as criterion_en'])
    .orderBy('command_centre_act.number')
    .execute()
export type CentreAct = Awaited<ReturnType<typeof centreActs>>[number]
