import { sql } from 'kysely'
import { endReceipts } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { AnswerWanted, Mode } from '#ground/db/tables.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'
import { checkedNow, holdAudience } from './checked.ts'
import { isSecond } from './is-second.ts'
import { lockNotice } from './lock-notice.ts'
import { roundOf } from './round-of.ts'
import { sendOut } from './send-out.ts'
import { override_reason_length_min, warnOfOverride } from './warn-of-override.ts'
import { againstRelease } from './within-situation.ts'

export type Release = {
  id: string
  /** What the releaser saw: another version, or another mode, is not released. */
  version: number
  mode: Mode
  /** Names the check that they saw: whom it reaches, by which steps, and every word of it. */
  seen: string
  /** Why one person releases what is real without a second. */
  override_reason: string | null
}
export type NotReleased =
  | 'gone'
  | 'outdated'
  | 'changed'
  | 'mode'
  | 'second_person'
  | 'brought_in'
  | 'brought_them'
  | 'past'
  | 'closed'
  | 'nobody'
  | 'replaced'
  | 'no_centre'
  | 'outside'

/**
 * Releases what was put forward: from here it is on its way and is not changed any more. What is real takes a person who neither
 * drafted nor submitted it, nor was brought to the desk by those who did of late, nor brought them, or a reason why there is none (N-8). Whom it
 * reaches, and how, is held and compared with what was checked. Pressing twice releases once.
 */
export async function releaseNotice(
  tools: Tools,
  by: Person,
  { id, version, mode, seen, override_reason }: Release,
): Promise<{ id: string } | { failed: NotReleased }> {
  must(by, 'notice.release')
  const { db, clock } = tools
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await lockNotice(tx, id)
    if (notice.state === 'released') return { id }
    if (notice.state !== 'submitted') return { failed: 'gone' }
    if (notice.mode !== mode) return { failed: 'mode' }
    if (notice.version !== version) return { failed: 'outdated' }
    const second = await isSecond(tx, by, notice, at)
    const reason = override_reason?.trim() ?? ''
    if (notice.mode === 'actual' && second !== 'yes' && reason.length < override_reason_length_min)
      return { failed: second }
    if (notice.answer_by && notice.answer_by <= at) return { failed: 'past' }
    if (needsOpen(notice) && !(await isOpen(tx, notice.situation_id))) return { failed: 'closed' }
    if (notice.replaces_id && (await isReplaced(tx, notice.replaces_id))) return { failed: 'replaced' }
    await holdAudience(tx, notice)
    const { institution_ids, asked, digest, to_render } = await checkedNow(tx, tools, notice, at)
    if (institution_ids.length === 0 || (notice.answer_wanted !== 'none' && asked === 0)) return { failed: 'nobody' }
    const against = await againstRelease(tx, notice, institution_ids, at)
    if (against) return { failed: against }
    if (digest !== seen) return { failed: 'changed' }

    const alone = second === 'yes' || notice.mode !== 'actual' ? null : reason
    const round = await roundOf(tx, notice, at)
    await tx
      .updateTable('notice')
      .set({ state: 'released', released_by: by.id, released_at: at, override_reason: alone })
      .set(round ? { round_id: round.id, asking: round.asking } : {})
      .where('id', '=', id)
      .execute()
    if (notice.replaces_id) await replace(tx, notice.replaces_id, id, at)
    const reach = await sendOut(tx, to_render, institution_ids)
    if (alone !== null) await warnOfOverride(tx, tools, by, at, { ...notice, ...reach, reason: alone })
    const released: Line = {
      action: alone === null ? 'notice.released' : 'notice.released-by-one',
      about: `/notices/${id}`,
      mode,
      details: { version, kind: notice.kind, ...reach, ...(alone !== null && { reason: alone }) },
    }
    const asking: Line[] = round
      ? [
          {
            action: 'round.asked',
            about: `/situations/${notice.situation_id}`,
            mode,
            details: { round_id: round.id, notice_id: id, asking: round.asking, ...reach },
          },
        ]
      : []
    await record(tx, by, at, released, ...asking)
    return { id }
  })
}

/** What was said in a situation can be put right after its end, too; only reports are asked for no more. */
const needsOpen = (notice: {
  situation_id: string | null
  replaces_id: string | null
  answer_wanted: AnswerWanted
}): notice is { situation_id: string; replaces_id: string | null; answer_wanted: AnswerWanted } =>
  notice.situation_id !== null && (notice.replaces_id === null || notice.answer_wanted === 'report')

/** Held until the commit: a situation is not closed between this look and the release. */
async function isOpen(tx: Tx, situation_id: string): Promise<boolean> {
  const situation = await tx
    .selectFrom('situation')
    .select('closed_at')
    .where('id', '=', situation_id)
    .forShare()
    .executeTakeFirst()
  return situation?.closed_at === null
}

async function isReplaced(tx: Tx, id: string): Promise<boolean> {
  const before = await tx
    .selectFrom('notice')
    .select(['state', 'replaced_by_id'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return before?.state !== 'released' || before.replaced_by_id !== null
}

async function replace(tx: Tx, id: string, replaced_by_id: string, at: Date) {
  await tx.updateTable('notice').set({ replaced_by_id }).where('id', '=', id).execute()
  await endReceipts(tx, [id], at, 'replaced by another notice')
  // Whoever has the replaced one open sees at once that it no longer holds.
  await sql`select pg_notify('changed', ${`/notices/${id}`})`.execute(tx)
}
