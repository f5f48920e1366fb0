import type { Database, Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { record } from '#ground/trail/record.ts'
import {
  capKindOf,
  emptySnapshot,
  nextSnapshot,
  type PublicSituation,
  Snapshot,
  type ToPublish,
} from '#public/site/index.ts'

/** The whole public picture of a mode, as last published; the empty one if nothing was. */
export async function latestSnapshot(db: Database | Tx, mode: Mode): Promise<Snapshot> {
  const last = await db
    .selectFrom('publication')
    .select('snapshot')
    .where('mode', '=', mode)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? Snapshot.parse(last.snapshot) : emptySnapshot(mode)
}

/** Publications of one mode follow each other: whoever publishes next waits here for the one before. */
export async function inTurn(tx: Tx, mode: Mode) {
  await lock(tx, 'publication', mode)
}

type How = { at: Date; origin: string; is_correction: boolean }

/** What the public would read of a situation after one more publication, without publishing. */
export function pictureAfter(before: Snapshot, told: ToPublish, { at, origin, is_correction }: How): PublicSituation {
  const next = nextSnapshot(before, told, { number: before.number + 1, published_at: at, origin, is_correction })
  const after = next.situations.find(({ id }) => id === told.id)
  if (!after) throw new Error('a situation is in the picture that tells of it')
  return after
}

/** Adds one publication about one situation to the public picture of its mode, and its line to the trail. Call `inTurn` first. */
export async function publishSnapshot(
  tx: Tx,
  by: Person,
  told: ToPublish,
  {
    at,
    origin,
    is_correction,
    institutions,
    idempotency_key,
  }: How & { institutions: string[]; idempotency_key: string },
): Promise<string> {
  const before = await latestSnapshot(tx, told.mode)
  const number = before.number + 1
  const cap_kind = capKindOf(before, told)
  const snapshot = nextSnapshot(before, told, { number, published_at: at, origin, is_correction })
  const { id } = await tx
    .insertInto('publication')
    .values({
      number,
      mode: told.mode,
      situation_id: told.id,
      cap_kind,
      snapshot: JSON.stringify(snapshot),
      institutions,
      published_by: by.id,
      published_at: at,
      idempotency_key,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await record(tx, by, at, {
    action: 'publication.published',
    about: `/publications/${id}`,
    mode: told.mode,
    details: { number, cap_kind, situation_id: told.id, text_ja: told.text_ja, is_correction },
  })
  return id
}
