import type { Person } from '#access/index.ts'
import type { Tx } from '#db/database.ts'
import type { Mode, NoticeKind } from '#db/tables.ts'
import { record } from '#trail/index.ts'

type Asking = {
  id: string
  kind: NoticeKind
  situation_id: string | null
  mode: Mode
  text_ja: string
  text_en: string
  answer_by: Date | null
  drafted_by: string
  idempotency_key: string
  audience: unknown
  repeat_minutes: number | null
}

/** The round that a request to report begins; its repeats are notices of their own. */
export const openRound = (tx: Tx, notice: Asking, at: Date) => {
  const { situation_id, answer_by, repeat_minutes } = notice
  if (situation_id === null || answer_by === null) throw new Error('a request to report has a situation and a time')
  return tx
    .insertInto('round')
    .values({
      situation_id,
      mode: notice.mode,
      text_ja: notice.text_ja,
      text_en: notice.text_en,
      answer_by,
      asked_by: notice.drafted_by,
      asked_at: at,
      idempotency_key: notice.idempotency_key,
      audience: JSON.stringify(notice.audience),
      repeat_minutes,
      answer_minutes: Math.max(1, Math.round((answer_by.getTime() - at.getTime()) / 60_000)),
      next_repeat_at: repeat_minutes === null ? null : new Date(at.getTime() + repeat_minutes * 60_000),
      closed_by: null,
      summary: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/**
 * The round of a request that is corrected goes on with the correction as its next asking, so that its repeats say what is right;
 * that of a request that is withdrawn is closed and asks no more. Gives the place of the correction in the round.
 */
export async function followInRound(
  tx: Tx,
  by: Person,
  notice: Asking,
  replaces_id: string,
  at: Date,
): Promise<{ round_id: string; asking: number } | null> {
  const round = await tx
    .selectFrom('notice')
    .innerJoin('round', 'round.id', 'notice.round_id')
    .where('notice.id', '=', replaces_id)
    .where('round.closed_at', 'is', null)
    .select(['round.id', 'round.answer_by'])
    .forUpdate('round')
    .executeTakeFirst()
  if (!round) return null
  if (notice.kind === 'withdrawal') {
    await tx
      .updateTable('round')
      .set({ closed_at: at, closed_by: by.id, next_repeat_at: null })
      .where('id', '=', round.id)
      .execute()
    await record(tx, by, at, {
      action: 'round.closed',
      about: `/rounds/${round.id}`,
      mode: notice.mode,
      details: { because: 'withdrawn', notice_id: notice.id },
    })
    return null
  }
  const { text_ja, text_en } = notice
  await tx
    .updateTable('round')
    .set({ text_ja, text_en, answer_by: notice.answer_by ?? round.answer_by })
    .where('id', '=', round.id)
    .execute()
  const { asking } = await tx
    .selectFrom('notice')
    .where('round_id', '=', round.id)
    .select(({ fn }) => fn.max('asking').as('asking'))
    .executeTakeFirstOrThrow()
  return { round_id: round.id, asking: (asking ?? 0) + 1 }
}
