import type { Database, Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { ItemKind } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Item } from './kinds.ts'
import { maySee } from './may-of.ts'

const columns = ['id', 'kind', 'number', 'institution_id', 'mode', 'title', 'label', 'made_by', 'made_at'] as const

/** The head of a thing; 404 unless it is its reader's to see. */
export async function readItem(db: Database, reader: Person, kind: ItemKind, id: string) {
  const item = await db
    .selectFrom('register_item')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .select(columns)
    .executeTakeFirst()
  if (!item || !maySee(reader, item)) throw new NotFound(`${kind} ${id}`)
  return item
}

/** The same of a number that people speak of, among what is real, or of a drill; of the market, or of one institution. */
export const findNumbered = (
  db: Pick<Database, 'selectFrom'>,
  { kind, number, mode, institution_id }: Pick<Item, 'kind' | 'number' | 'mode' | 'institution_id'>,
) =>
  db
    .selectFrom('register_item')
    .where('kind', '=', kind)
    .where('number', '=', number)
    .where('mode', '=', mode)
    .where('institution_id', 'is not distinct from', institution_id)
    .select(columns)
    .executeTakeFirst()

/** Gives a new thing its identity and its number, which no other was given before. Its first version is for its own register to write. */
export async function newItem(tx: Tx, by: Person, at: Date, item: Omit<Item, 'number'>): Promise<number> {
  const { kind, institution_id, mode } = item
  await lock(tx, 'register', kind, institution_id, mode)
  const last = await tx
    .selectFrom('register_item')
    .where('kind', '=', kind)
    .where('mode', '=', mode)
    .where('institution_id', 'is not distinct from', institution_id)
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst()
  const number = (last?.number ?? 0) + 1
  await tx
    .insertInto('register_item')
    .values({ ...item, number, made_by: by.id, made_at: at })
    .execute()
  return number
}

/** Lets the head of a thing say what its newest version says: how it is called, and who may read it. */
export const setFace = (tx: Tx, { id, title, label }: Pick<Item, 'id' | 'title' | 'label'>) =>
  tx.updateTable('register_item').set({ title, label }).where('id', '=', id).execute()
