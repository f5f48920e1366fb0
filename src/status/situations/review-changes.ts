import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: { title: '名称を120文字以内で入力してください' },
  en: { title: 'Enter a name of up to 120 characters' },
})

export const ReviewForm = (language: Language) => {
  const title = z.string(messages[language].title).trim().max(120, messages[language].title)
  return z
    .object({
      /** The changes that the page showed, by their ids. */
      seen: z
        .string()
        .default('')
        .transform((ids) => ids.split(' ').filter((id) => z.uuid().safeParse(id).success)),
      title_ja: title.min(1, messages[language].title),
      title_en: title.default(''),
    })
    .transform((form) => ({ ...form, title_en: form.title_en || form.title_ja }))
}
export type ReviewForm = z.output<ReturnType<typeof ReviewForm>>

/**
 * Says that a person has reviewed a situation's name and what the public was told, after the changes that they saw: what was heard since
 * stays marked. Gives the situation the name on the form. When another was first and says otherwise, nothing changes.
 */
export async function reviewChanges(
  { db, clock }: Tools,
  by: Person,
  situation_id: string,
  { seen, title_ja, title_en }: ReviewForm,
): Promise<{ failed?: 'closed' | 'overtaken' }> {
  must(by, 'situation.change')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('situation')
      .where('id', '=', situation_id)
      .select(['mode', 'closed_at', 'title_ja', 'title_en'])
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new NotFound(`situation ${situation_id}`)
    const waiting =
      seen.length === 0
        ? []
        : await tx
            .selectFrom('situation_change')
            .where('situation_id', '=', situation_id)
            .where('id', 'in', seen)
            .where('reviewed_at', 'is', null)
            .select('id')
            .execute()
    const is_renamed = before.title_ja !== title_ja || before.title_en !== title_en
    // All of it is said already, and a press again loses nothing.
    if (waiting.length === 0 && !is_renamed) return {}
    if (before.closed_at) return { failed: 'closed' }
    if (waiting.length === 0 && seen.length > 0) return { failed: 'overtaken' }
    const ids = waiting.map(({ id }) => id)
    if (ids.length > 0)
      await tx
        .updateTable('situation_change')
        .set({ reviewed_by: by.id, reviewed_at: at })
        .where('id', 'in', ids)
        .execute()
    if (is_renamed)
      await tx.updateTable('situation').set({ title_ja, title_en }).where('id', '=', situation_id).execute()
    await record(tx, by, at, {
      action: 'situation.reviewed',
      about: `/situations/${situation_id}`,
      mode: before.mode,
      details: { changes: ids.length, title: title_ja, ...(is_renamed && { title_before: before.title_ja }) },
    })
    return {}
  })
}
