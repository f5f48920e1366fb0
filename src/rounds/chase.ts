import { sql } from 'kysely'
import { must, NotFound, type Person } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import type { Tx } from '#db/database.ts'
import { record } from '#trail/index.ts'

/** Takes the next step of the ladder at once for everyone whose answer to the newest asking is missing. */
export async function chaseMissing({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string): Promise<void> {
  must(by, 'round.ask')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const { notice_id, mode } = await newestAsking(tx, id)
    const { numUpdatedRows } = await tx
      .updateTable('receipt')
      .set({ next_step_at: at })
      .where('notice_id', '=', notice_id)
      .where('closed_at', 'is', null)
      // Who has none left has been tried over everything; what is due needs no hurry.
      .where('next_step_at', '>', at)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const institutions = Number(numUpdatedRows)
    await record(tx, by, at, { action: 'round.chased', about: `/rounds/${id}`, mode, details: { institutions } })
    // Rings for the workers, which listen for notices.
    await sql`select pg_notify('changed', ${`/notices/${notice_id}`})`.execute(tx)
  })
}

/** Puts one institution, or everyone whose answer to the newest asking is missing, on the call list. Twice is once. */
export async function putOnCallList(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, institution_id }: { id: string; institution_id: string | null },
): Promise<void> {
  must(by, 'call.record')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const { notice_id, mode } = await newestAsking(tx, id)
    const listed = await tx
      .updateTable('receipt')
      .set({ call_since: at })
      .where('notice_id', '=', notice_id)
      .where('closed_at', 'is', null)
      .where('call_since', 'is', null)
      .$if(institution_id !== null, (q) => q.where('institution_id', '=', institution_id ?? ''))
      .returning('institution_id')
      .execute()
    if (listed.length === 0) return
    await record(tx, by, at, {
      action: 'call.listed',
      about: `/rounds/${id}`,
      mode,
      details: { notice_id, institution_ids: listed.map((row) => row.institution_id).sort() },
    })
  })
}

async function newestAsking(tx: Tx, id: string) {
  const round = await tx
    .selectFrom('round')
    .innerJoin('notice', 'notice.round_id', 'round.id')
    .where('round.id', '=', id)
    .orderBy('notice.asking', 'desc')
    .limit(1)
    .select(['notice.id as notice_id', 'round.mode'])
    .executeTakeFirst()
  if (!round) throw new NotFound(`round ${id}`)
  return round
}
