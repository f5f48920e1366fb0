import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#ground/db/database.ts'
import type { WrongFile } from '#ground/files/judge-file.ts'
import { readFile } from '#ground/files/read-file.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type Item, pathOf } from './kinds.ts'
import { files_max } from './limits.ts'
import { lockItem } from './lock-item.ts'
import { mustOf } from './may-of.ts'

export const FileForm = z.object({ file: z.instanceof(File).optional().catch(undefined), key: idempotencyKey })
export type FileForm = z.output<typeof FileForm>

/** Keeps a file beside a thing, if it is what its name says. Pressing twice keeps it once. */
export async function keepFile(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  item: Item,
  { file, key }: FileForm,
): Promise<{ failed?: WrongFile | 'none' | 'many' }> {
  mustOf(by, 'edit', item)
  // A field without a file is sent as an empty one without a name.
  if (!file || (file.size === 0 && file.name === '')) return { failed: 'none' }
  const kept = await readFile(file)
  if ('wrong' in kept) return { failed: kept.wrong }
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockItem(tx, item.id)
    const files = await tx
      .selectFrom('register_file')
      .where('item_id', '=', item.id)
      .select(['id', 'removed_at'])
      .execute()
    if (files.some(({ id }) => id === key)) return {}
    if (files.filter(({ removed_at }) => removed_at === null).length >= files_max) return { failed: 'many' }
    await tx
      .insertInto('register_file')
      .values({ id: key, item_id: item.id, ...kept, made_by: by.id, made_at: at })
      .execute()
    // Its name stays under the label of the thing; the trail has other readers.
    const { digest, size } = kept
    const line = { about: pathOf(item), mode: item.mode, details: { digest, size } }
    await record(tx, by, at, { action: 'register.file-added', ...line })
    return {}
  })
}

/** Takes a file away: nobody is given it any more. Twice is not an error. */
export async function removeFile({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, item: Item, id: string) {
  mustOf(by, 'edit', item)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const removed = await tx
      .updateTable('register_file')
      .set({ removed_by: by.id, removed_at: at })
      .where('id', '=', id)
      .where('item_id', '=', item.id)
      .where('removed_at', 'is', null)
      .returning('digest')
      .executeTakeFirst()
    if (!removed) return
    await record(tx, by, at, {
      action: 'register.file-removed',
      about: pathOf(item),
      mode: item.mode,
      details: removed,
    })
  })
}

const part_bytes = 256 * 1024

/** A file of a thing, its bytes read part by part as fast as they are taken. */
export async function openFile(db: Database, item_id: string, id: string) {
  const file = await db
    .selectFrom('register_file')
    .where('id', '=', id)
    .where('item_id', '=', item_id)
    .where('removed_at', 'is', null)
    .select(['file_name', 'media_type', 'size'])
    .executeTakeFirst()
  if (!file) throw new NotFound(`file ${id}`)
  let from = 0
  const content = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { part } = await db
        .selectFrom('register_file')
        .where('id', '=', id)
        .select(sql<Buffer>`substring(content from ${from + 1}::int for ${part_bytes}::int)`.as('part'))
        .executeTakeFirstOrThrow()
      controller.enqueue(new Uint8Array(part))
      from += part_bytes
      if (from >= file.size) controller.close()
    },
  })
  return { file, content }
}
