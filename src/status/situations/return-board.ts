import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/**
 * Gives the board back to the institutions (還元, S0-10). An approval of its own: the public is told by publishing (提供). Returning twice
 * is not an error.
 */
export async function returnBoard(
  { db, clock }: Tools,
  by: Person,
  situation_id: string,
): Promise<{ failed?: 'closed' }> {
  must(by, 'situation.change')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const returned = await tx
      .updateTable('situation')
      .set({ returned_at: at, returned_by: by.id })
      .where('id', '=', situation_id)
      .where('closed_at', 'is', null)
      .where('returned_at', 'is', null)
      .returning('mode')
      .executeTakeFirst()
    if (returned) {
      await record(tx, by, at, {
        action: 'situation.returned',
        about: `/situations/${situation_id}`,
        mode: returned.mode,
      })
      return {}
    }
    const found = await tx
      .selectFrom('situation')
      .select('returned_at')
      .where('id', '=', situation_id)
      .executeTakeFirst()
    if (!found) throw new NotFound(`situation ${situation_id}`)
    return found.returned_at ? {} : { failed: 'closed' }
  })
}
