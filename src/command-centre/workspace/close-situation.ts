import { createHash } from 'node:crypto'
import { z } from 'zod'
import { closeRoundsOf } from '#asking/rounds/index.ts'
import { endReceipts } from '#delivery/deliveries/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { canonical, record } from '#ground/trail/record.ts'
import { closePublicly, latestSnapshot, partedLanguages, previewClosing } from '#public/publication/index.ts'
import { dissolveWithClosing, type SituationView } from '#status/situations/index.ts'
import { type ClosingEffect, closingEffect } from './closing-effect.ts'

const messages = inBoth({
  ja: {
    reason: '終結の理由を2,000文字以内で入力してください',
    closing: '一般の方への説明を1,000文字以内で入力してください',
  },
  en: {
    reason: 'Enter the reason for closing, in up to 2,000 characters',
    closing: 'Enter what the public is told, in up to 1,000 characters',
  },
})

/** What the public is told unless somebody says otherwise. */
export const usualClosing = {
  text_ja: '本件への対応は終了しました。',
  text_en: 'The response to this event has ended.',
}

export const CloseForm = (language: Language) => {
  const say = messages[language]
  return z
    .object({
      closing_reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
      closing_ja: z.string(say.closing).trim().min(1, say.closing).max(1000, say.closing),
      closing_en: z.string().trim().max(1000, say.closing).default(''),
    })
    .transform((form) => ({ ...form, closing_en: form.closing_en || form.closing_ja }))
}
export type CloseForm = z.output<ReturnType<typeof CloseForm>>

/** What a closing does, as its check shows it; `seen` names it. */
export async function previewClose(tools: Tools, situation: SituationView, form: CloseForm) {
  const effect = await closingEffect(tools.db, situation, tools.clock())
  const change = await previewClosing(tools, situation, form)
  return { effect, change, seen: seenOf(effect, change?.number ?? null, form) }
}

/**
 * Names what somebody has checked. Answers that come in and mails that go out meanwhile make a closing no other; another institution
 * in trouble, a notice that is being written, another publication, or a command centre set up or dissolved do.
 */
const seenOf = ({ troubled, unreleased, centre }: ClosingEffect, number: number | null, form: CloseForm) =>
  createHash('sha256').update(canonical({ troubled, unreleased, centre, number, form })).digest('hex')

/**
 * Closes a situation everywhere, publicly too, at one moment, with its rounds and all that is still asked in it, if it is what
 * was checked. A command centre that still stands is dissolved with it, an act of its own. Closing twice is not an error; the first closing stands, and who comes second with words of their own is told
 * so (`overtaken`).
 */
export async function closeSituation(
  { db, clock, origin }: Tools,
  by: Person,
  situation_id: string,
  form: CloseForm,
  { seen, may_part }: { seen: string; may_part: boolean },
): Promise<'closed' | 'overtaken' | 'changed' | 'languages'> {
  must(by, 'situation.close')
  const at = clock()
  const { closing_reason, closing_ja, closing_en } = form
  return db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('situation')
      .where('id', '=', situation_id)
      .select(['id', 'mode', 'closed_at', 'closed_by', 'closing_reason', 'centre_set_up_at', 'centre_dissolved_at'])
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new NotFound(`situation ${situation_id}`)
    if (found.closed_at)
      return found.closed_by === by.id && found.closing_reason === closing_reason ? 'closed' : 'overtaken'
    const effect = await closingEffect(tx, found, at)
    const latest = await latestSnapshot(tx, found.mode)
    const is_public = latest.situations.some(({ id, closed_at }) => id === situation_id && !closed_at)
    if (seenOf(effect, is_public ? latest.number : null, form) !== seen) return 'changed'
    if (is_public && partedLanguages(usualClosing, { text_ja: closing_ja, text_en: closing_en }) && !may_part)
      return 'languages'
    const dissolved = await dissolveWithClosing(tx, by, at, { ...found, reason: closing_reason })
    const closed = await tx
      .updateTable('situation')
      .set({ closed_at: at, closed_by: by.id, closing_reason })
      .set(dissolved.length > 0 ? { centre_dissolved_at: at } : {})
      .where('id', '=', situation_id)
      .returning(['id', 'mode', 'centre_set_up_at', 'centre_dissolved_at'])
      .executeTakeFirstOrThrow()
    await closePublicly(tx, by, { ...closed, at, origin, closing_ja, closing_en })
    await closeRoundsOf(tx, by, situation_id, at)
    const notices = await tx.selectFrom('notice').where('situation_id', '=', situation_id).select('id').execute()
    await endReceipts(
      tx,
      notices.map(({ id }) => id),
      at,
      'situation closed',
    )
    await record(tx, by, at, ...dissolved, {
      action: 'situation.closed',
      about: `/situations/${situation_id}`,
      mode: closed.mode,
      details: { closing_reason },
    })
    return 'closed'
  })
}
