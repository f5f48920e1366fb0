import { z } from 'zod'
import { cleanLines } from '#ground/html/clean-text.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import type { Language } from '#ground/html/language.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type Item, pathOf } from './kinds.ts'
import { text_length_max } from './limits.ts'
import { mustOf } from './may-of.ts'
import { partTexts } from './part-texts.ts'

export const CommentForm = (language: Language) => {
  const message = partTexts[language].wrong.comment
  return z.object({
    comment: z.string(message).transform(cleanLines).pipe(z.string().min(1, message).max(text_length_max, message)),
    key: idempotencyKey,
  })
}
export type CommentForm = z.output<ReturnType<typeof CommentForm>>

/** Says something about a thing, for everyone who sees it. It is never changed; pressing twice says it once. */
export async function addComment(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  item: Item,
  { key, comment }: CommentForm,
) {
  mustOf(by, 'comment', item)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const written = await tx
      .insertInto('register_comment')
      .values({ id: key, item_id: item.id, text: comment, made_by: by.id, made_at: at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) return
    const line = { about: pathOf(item), mode: item.mode, details: { comment: key } }
    await record(tx, by, at, { action: 'register.commented', ...line })
  })
}
