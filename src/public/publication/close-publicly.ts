import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { inTurn, latestSnapshot, publishSnapshot } from './publish-snapshot.ts'

/** Tells the public that a situation is over, if it was ever told of it: the CAP message cancels the earlier ones. */
export async function closePublicly(
  tx: Tx,
  by: Person,
  {
    id,
    mode,
    at,
    origin,
    closing_ja,
    closing_en,
  }: { id: string; mode: Mode; at: Date; origin: string; closing_ja: string; closing_en: string },
) {
  await inTurn(tx, mode)
  const known = (await latestSnapshot(tx, mode)).situations.find((situation) => situation.id === id)
  if (!known || known.closed_at) return
  const { earlier: _, ...told } = known
  const closed = {
    ...told,
    updated_at: at.toISOString(),
    closed_at: at.toISOString(),
    closing_ja,
    closing_en,
    next_update_at: null,
  }
  await publishSnapshot(tx, by, closed, {
    at,
    origin,
    is_correction: false,
    institutions: [],
    idempotency_key: randomUUID(),
  })
}
