import { NotFound, type Person } from '#access/index.ts'
import type { Tx } from '#db/database.ts'

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
  return { ...exchange, isProposer: exchange.proposing_id === by.institution_id }
}
