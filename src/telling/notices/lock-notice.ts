import type { Tx } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

/** Holds a notice until the commit, so that of two who act on it at once the second sees what the first did. */
export async function lockNotice(tx: Tx, id: string) {
  const notice = await tx.selectFrom('notice').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!notice) throw new NotFound(`notice ${id}`)
  return notice
}
export type LockedNotice = Awaited<ReturnType<typeof lockNotice>>
