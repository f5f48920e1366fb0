import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { endReceipts } from '#delivery/deliveries/index.ts'
import { isActive } from '#directory/institutions/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { readToRender, sendOut } from '#telling/notices/index.ts'
import { isPassedOver, nextRepeat } from './rules.ts'

/**
 * Asks again in a round whose time has come (S2-13): a notice with the words, the people and the answer time of the last one, to
 * whom the round first asked, without those who have left the market and those whose own next update is still to come.
 * Several workers ask once; however many intervals were missed, it is asked once for all of them.
 */
export async function repeatRound(tools: Tools, { id, situation_id }: { id: string; situation_id: string }) {
  const { db, clock } = tools
  const at = clock()
  await db.transaction().execute(async (tx) => {
    if (!(await holdSituation(tx, situation_id))) return
    const round = await dueRound(tx, id, at)
    if (!round) return
    const { repeat_minutes, next_repeat_at, mode } = round
    const next = nextRepeat(next_repeat_at, repeat_minutes, at)
    const { asked, passed_over } = await whomToAsk(tx, round, at)
    if (asked.length === 0) {
      await tx.updateTable('round').set({ next_repeat_at: next }).where('id', '=', id).execute()
      const details = { round_id: id, institutions: 0, passed_over: passed_over.length }
      await record(tx, { program: 'rounds' }, at, { action: 'round.repeated', about: `/rounds/${id}`, mode, details })
      return
    }
    const { notice, earlier } = await copyNotice(tx, round, at)
    await repeatFiles(tx, notice.id, earlier[0], asked)
    await endReceipts(tx, earlier, at, 'asked again')
    const reach = await sendOut(tx, await readToRender(tx, notice.id, { ...tools, at }), asked)
    await tx
      .updateTable('round')
      .set({ next_repeat_at: next, answer_by: notice.answer_by })
      .where('id', '=', id)
      .execute()
    await record(tx, { program: 'rounds' }, at, {
      action: 'round.repeated',
      about: `/situations/${situation_id}`,
      mode,
      details: {
        round_id: id,
        notice_id: notice.id,
        asking: notice.asking,
        ...reach,
        passed_over: passed_over.length,
      },
    })
    // Rings for the workers, which listen for notices, and for those who look at the last asking.
    for (const about of [notice.id, ...earlier.slice(0, 1)])
      await sql`select pg_notify('changed', ${`/notices/${about}`})`.execute(tx)
  })
}

/** Whether it is open; held so that no report comes in between the look at who has reported and the asking. */
async function holdSituation(tx: Tx, id: string): Promise<boolean> {
  const situation = await tx
    .selectFrom('situation')
    .where('id', '=', id)
    .select('closed_at')
    .forNoKeyUpdate()
    .executeTakeFirst()
  return situation?.closed_at === null
}

/** The round if it is still due and nobody else is at it. */
const dueRound = (tx: Tx, id: string, at: Date) =>
  tx
    .selectFrom('round')
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .where('next_repeat_at', '<=', at)
    .where('repeat_minutes', 'is not', null)
    .select(['id', 'mode', 'situation_id', 'asked_at', 'repeat_minutes', 'answer_minutes', 'next_repeat_at'])
    .$narrowType<{ repeat_minutes: number; next_repeat_at: Date }>()
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
type DueRound = NonNullable<Awaited<ReturnType<typeof dueRound>>>

/** Whom the round first asked and who still belongs to the market, by whether they are asked now. */
async function whomToAsk(tx: Tx, { id, situation_id, mode, asked_at }: DueRound, at: Date) {
  const rows = await tx
    .selectFrom('notice')
    .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report_now as report')
          .whereRef('report.institution_id', '=', 'institution.id')
          .where('report.situation_id', '=', situation_id)
          .where('report.mode', '=', mode)
          .select(['report.reported_at', 'report.next_update_at'])
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .where('notice.round_id', '=', id)
    .where('notice.asking', '=', 1)
    // Who was informed knows that there is a round; it is not told again every quarter of an hour.
    .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
    .where(isActive(at))
    .select(['institution.id', 'said.reported_at', 'said.next_update_at'])
    .orderBy('institution.code')
    .execute()
  const { asked = [], passed_over = [] } = Object.groupBy(rows, ({ reported_at, next_update_at }) => {
    const said = reported_at && next_update_at ? { reported_at, next_update_at } : null
    return isPassedOver(said, asked_at, at) ? 'passed_over' : 'asked'
  })
  return { asked: asked.map((row) => row.id), passed_over }
}

/** The last asking once more, released at once by those who released it then. */
async function copyNotice(tx: Tx, { id, answer_minutes }: DueRound, at: Date) {
  const [last, ...others] = await tx
    .selectFrom('notice')
    .where('round_id', '=', id)
    .selectAll()
    .orderBy('asking', 'desc')
    .execute()
  if (!last || answer_minutes === null) throw new Error(`round ${id} has no asking to repeat`)
  const { id: last_id, number: _, asking, audience, choices, ...said } = last
  const notice = {
    id: randomUUID(),
    asking: (asking ?? 0) + 1,
    answer_by: new Date(at.getTime() + answer_minutes * 60_000),
  }
  await tx
    .insertInto('notice')
    .values({
      ...said,
      ...notice,
      kind: 'report_request',
      replaces_id: null,
      replaced_by_id: null,
      audience: JSON.stringify(audience),
      choices: JSON.stringify(choices),
      drafted_at: at,
      submitted_at: said.submitted_by === null ? null : at,
      released_at: at,
      idempotency_key: randomUUID(),
    })
    .execute()
  return { notice, earlier: [last_id, ...others.map(({ id }) => id)] as const }
}

/**
 * The files of the last asking once more, by reference. Only when somebody asked now was not sent the notice in which a file
 * lies, as after a correction to some, it is copied: who may read a notice may read what is attached to it.
 */
const repeatFiles = (tx: Tx, notice_id: string, last_id: string, asked: readonly string[]) =>
  sql`
    insert into notice_attachment
      (notice_id, file_name, media_type, digest, size, is_original, added_by, added_at, content, same_as)
    select ${notice_id}::uuid, last.file_name, last.media_type, last.digest, last.size, last.is_original, last.added_by, last.added_at,
      case when not known then kept.content end, case when known then kept.id end
    from notice_attachment last
    join notice_attachment kept on kept.id = coalesce(last.same_as, last.id)
    cross join lateral (select not exists (select from unnest(${[...asked]}::uuid[]) one where one not in
      (select institution_id from receipt where receipt.notice_id = kept.notice_id)) as known)
    where last.notice_id = ${last_id}::uuid`.execute(tx)
