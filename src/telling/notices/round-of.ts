import { endReceipts } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'

type OfRound = {
  id: string
  kind: string
  situation_id: string | null
  mode: Mode
  text_ja: string
  text_en: string
  answer_wanted: string
  answer_by: Date | null
  drafted_by: string
  idempotency_key: string
  audience: unknown
  repeat_minutes: number | null
  replaces_id: string | null
}

/**
 * Which asking of which round a notice is from its release on; null when it asks for no report. A request to report begins a
 * round. What replaces an asking replaces the others of its round, which say the same; a correction is the round's next asking and
 * takes its words and times, or, where the round was closed, begins
 * another; a withdrawal ends the repeating.
 */
export async function roundOf(tx: Tx, notice: OfRound, at: Date): Promise<{ id: string; asking: number } | null> {
  if (notice.kind === 'report_request') return { ...(await openRound(tx, notice, at)), asking: 1 }
  if (notice.replaces_id === null) return null
  const before = await tx
    .selectFrom('notice')
    .innerJoin('round', 'round.id', 'notice.round_id')
    .where('notice.id', '=', notice.replaces_id)
    .select(['round.id', 'round.repeat_minutes', 'round.closed_at'])
    .forUpdate('round')
    .executeTakeFirst()
  if (!before) return null
  const askings = await tx
    .selectFrom('notice')
    .where('round_id', '=', before.id)
    .select(['id', 'asking'])
    .orderBy('asking', 'desc')
    .execute()
  // Of the newest only what is replaced has ended so far; nobody is to answer two askings.
  const ids = askings.map(({ id }) => id)
  await endReceipts(tx, ids, at, 'replaced by another notice')
  // Its other askings say the same: what holds in its place holds in theirs, too, whichever mail somebody has open.
  await tx
    .updateTable('notice')
    .set({ replaced_by_id: notice.id })
    .where('round_id', '=', before.id)
    .where('replaced_by_id', 'is', null)
    .execute()
  const is_asking = notice.kind === 'correction' && notice.answer_wanted === 'report'
  if (before.closed_at) return is_asking ? { ...(await openRound(tx, notice, at)), asking: 1 } : null
  const next = {
    ...(is_asking && { text_ja: notice.text_ja, text_en: notice.text_en, ...timesOf(notice, at) }),
    next_repeat_at: is_asking ? after(before.repeat_minutes, at) : null,
  }
  await tx.updateTable('round').set(next).where('id', '=', before.id).execute()
  return is_asking ? { id: before.id, asking: (askings[0]?.asking ?? 0) + 1 } : null
}

function openRound(tx: Tx, notice: OfRound, at: Date) {
  const { situation_id, repeat_minutes } = notice
  if (situation_id === null) throw new Error('a request to report has a situation')
  return tx
    .insertInto('round')
    .values({
      situation_id,
      mode: notice.mode,
      text_ja: notice.text_ja,
      text_en: notice.text_en,
      ...timesOf(notice, at),
      asked_by: notice.drafted_by,
      asked_at: at,
      idempotency_key: notice.idempotency_key,
      audience: JSON.stringify(notice.audience),
      repeat_minutes,
      next_repeat_at: after(repeat_minutes, at),
      closed_by: null,
      summary: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

function timesOf({ answer_by }: OfRound, at: Date) {
  if (answer_by === null) throw new Error('a request to report has a time to answer by')
  return { answer_by, answer_minutes: Math.max(1, Math.round((answer_by.getTime() - at.getTime()) / 60_000)) }
}

const after = (minutes: number | null, at: Date) =>
  minutes === null ? null : new Date(at.getTime() + minutes * 60_000)
