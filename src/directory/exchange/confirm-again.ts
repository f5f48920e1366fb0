import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockExchange } from './lock-exchange.ts'

/** Less than this long after the last time, pressing again is the same press. */
const pause_ms = 60_000

/** One side says that the exchange is still wanted: it is asked again in a year. */
export async function confirmAgain({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, id: string) {
  must(by, 'exchange.agree-own')
  const at = clock()
  return db.transaction().execute(async (tx): Promise<{ failed: 'ended' } | { done: true }> => {
    const exchange = await lockExchange(tx, by, id)
    if (exchange.ended_at || !exchange.agreed_at) return { failed: 'ended' }
    const column = exchange.is_proposer ? 'proposing_confirmed_at' : 'answering_confirmed_at'
    const last = exchange[column]
    if (last && at.getTime() - last.getTime() < pause_ms) return { done: true }
    await tx
      .updateTable('contact_exchange')
      .set({ [column]: at })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, { action: 'exchange.confirmed', about: `/exchange/${id}` })
    return { done: true }
  })
}
