import { z } from 'zod'
import type { Database } from '#ground/db/database.ts'
import { judgeVersion } from '#ground/db/next-version.ts'
import { cleanLines } from '#ground/html/clean-text.ts'
import { chosenId, civilDay, versionSeen } from '#ground/html/fields.ts'
import type { Language } from '#ground/html/language.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type Item, pathOf } from './kinds.ts'
import { text_length_max } from './limits.ts'
import { lockItem } from './lock-item.ts'
import { maySee, mustOf } from './may-of.ts'
import { partTexts } from './part-texts.ts'

export const ReviewForm = (language: Language) => {
  const say = partTexts[language].wrong
  return z
    .object({
      note: z
        .string(say.note)
        .default('')
        .transform(cleanLines)
        .pipe(z.string().max(text_length_max, say.note))
        .transform((text) => text || null),
      next_on: civilDay(say.next_on),
      looker_id: chosenId(say.looker_id),
      version: versionSeen,
    })
    .superRefine(({ next_on, looker_id, note, version }, context) => {
      const add = (path: 'note' | 'next_on' | 'looker_id') =>
        context.addIssue({ code: 'custom', path: [path], message: say[path] })
      if (version > 0 && note === null) add('note')
      if (version === 0 && next_on === null) add('next_on')
      if (next_on !== null && looker_id === null) add('looker_id')
    })
    .transform((form) => (form.next_on === null ? { ...form, looker_id: null } : form))
}
export type ReviewForm = z.output<ReturnType<typeof ReviewForm>>

/** Says what a look at a thing found, and when to look next and who; the first time only the latter. Pressing twice says it once. */
export async function reviewItem(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  item: Item,
  { version: seen, ...said }: ReviewForm,
): Promise<{ failed?: 'outdated' }> {
  mustOf(by, 'edit', item)
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockItem(tx, item.id)
    const newest = await tx
      .selectFrom('register_review_now')
      .where('item_id', '=', item.id)
      .selectAll()
      .executeTakeFirst()
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return {}
    if (judged.is !== 'next' || judged.version !== seen + 1) return { failed: 'outdated' }
    await tx
      .insertInto('register_review')
      .values({ item_id: item.id, version: judged.version, ...said, made_by: by.id, made_at: at })
      .execute()
    const line = { about: pathOf(item), mode: item.mode, details: { version: judged.version, next_on: said.next_on } }
    await record(tx, by, at, { action: 'register.reviewed', ...line })
    return {}
  })
}

/** What is due to be looked at on this day or was before, of every kind that the reader may see: the longest overdue first. */
export async function reviewsDue(db: Database, reader: Person, today: string, limit: number) {
  const due = await db
    .selectFrom('register_review_now as review')
    .innerJoin('register_item as item', 'item.id', 'review.item_id')
    .leftJoin('person as looker', 'looker.id', 'review.looker_id')
    .where('review.next_on', '<=', today)
    .where('item.mode', '=', 'actual')
    .select(['item.id', 'item.kind', 'item.number', 'item.mode', 'item.title', 'item.institution_id', 'item.label'])
    .select(['review.next_on', 'looker.name_ja', 'looker.name_en'])
    .orderBy('review.next_on')
    .orderBy('item.made_at')
    .limit(limit)
    .execute()
  return due.filter((one) => maySee(reader, one))
}
export type ReviewDue = Awaited<ReturnType<typeof reviewsDue>>[number]
