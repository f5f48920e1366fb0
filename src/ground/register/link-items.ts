import { z } from 'zod'
import { idempotencyKey } from '#ground/html/fields.ts'
import type { Language } from '#ground/html/language.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { findNumbered } from './items.ts'
import { type Item, pathOf, readNumber } from './kinds.ts'
import { maySee, mustOf } from './may-of.ts'
import { partTexts } from './part-texts.ts'
import { relations } from './relations.ts'

export const LinkForm = (language: Language) => {
  const say = partTexts[language].wrong
  return z.object({
    relation: z.enum(relations, say.relation),
    to: z.string(say.to).trim().min(1, say.to).max(50, say.to),
    key: idempotencyKey,
  })
}
export type LinkForm = z.output<ReturnType<typeof LinkForm>>

/** Says that a thing has to do with another of the same mode, which is named by its number. Pressing twice links once. */
export async function linkItems(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  item: Item,
  { relation, to, key }: LinkForm,
): Promise<{ failed?: 'to' | 'self' }> {
  mustOf(by, 'edit', item)
  const at = clock()
  const named = readNumber(to)
  return db.transaction().execute(async (tx) => {
    // One's own institution's before the market's.
    const other =
      named &&
      ((await findNumbered(tx, { ...item, ...named })) ??
        (await findNumbered(tx, { ...item, ...named, institution_id: null })))
    if (!other || !maySee(by, other)) return { failed: 'to' }
    if (other.id === item.id) return { failed: 'self' }
    const written = await tx
      .insertInto('register_link')
      .values({ id: key, mode: item.mode, from_id: item.id, relation, to_id: other.id, made_by: by.id, made_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) return {}
    const line = { about: pathOf(item), mode: item.mode, details: { relation, to: pathOf(other) } }
    await record(tx, by, at, { action: 'register.linked', ...line })
    return {}
  })
}

/** Takes a link away that begins at this thing. Twice is not an error. */
export async function unlinkItems({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, item: Item, id: string) {
  mustOf(by, 'edit', item)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const removed = await tx
      .updateTable('register_link')
      .set({ removed_by: by.id, removed_at: at })
      .where('id', '=', id)
      .where('from_id', '=', item.id)
      .where('removed_at', 'is', null)
      .returning(['relation', 'to_id'])
      .executeTakeFirst()
    if (!removed) return
    await record(tx, by, at, { action: 'register.unlinked', about: pathOf(item), mode: item.mode, details: removed })
  })
}
