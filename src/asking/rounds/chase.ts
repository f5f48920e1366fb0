import { sql } from 'kysely'
import { putOnCallList } from '#asking/calls/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

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
export async function listMissing(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, institution_id }: { id: string; institution_id: string | null },
): Promise<void> {
  must(by, 'call.record')
  const { notice_id } = await newestAsking(db, id)
  const missing = await db
    .selectFrom('receipt')
    .where('notice_id', '=', notice_id)
    .where('closed_at', 'is', null)
    .$if(institution_id !== null, (q) => q.where('institution_id', '=', institution_id ?? ''))
    .select('id')
    .execute()
  const receipt_ids = missing.map((receipt) => receipt.id)
  // Who answers meanwhile stays off; it writes its line of the trail, too: record(…).
  await putOnCallList({ db, clock }, by, { receipt_ids, is_listed: true, about: `/rounds/${id}` })
}

async function newestAsking(db: Pick<Tx, 'selectFrom'>, id: string) {
  const round = await db
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
