import type { Tx } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** One exchange of the person's institution, held until the commit: two answers at once are answered one after the other. */
export async function lockExchange(tx: Tx, by: Person, id: string) {
  const exchange = await tx
    .selectFrom('contact_exchange')
    .where('id', '=', id)
    .where((eb) => eb.or([eb('proposing_id', '=', by.institution_id), eb('answering_id', '=', by.institution_id)]))
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
  if (!exchange) throw new NotFound(`exchange ${id}`)
  return { ...exchange, is_proposer: exchange.proposing_id === by.institution_id }
}
