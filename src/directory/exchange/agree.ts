import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockExchange } from './lock-exchange.ts'
import { tellPeople } from './tell-people.ts'

/**
 * The institution that was asked agrees: from now on each side sees the other’s contacts, and these people are told so. Only it
 * can; twice is once.
 */
export async function agreeToExchange(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
) {
  must(by, 'exchange.agree-own')
  const at = clock()
  return db.transaction().execute(async (tx): Promise<{ failed: 'ended' } | { failed: 'own' } | { done: true }> => {
    const exchange = await lockExchange(tx, by, id)
    if (exchange.ended_at) return { failed: 'ended' }
    if (exchange.is_proposer) return { failed: 'own' }
    if (exchange.agreed_at) return { done: true }
    await tx
      .updateTable('contact_exchange')
      .set({ agreed_by: by.id, agreed_at: at, answering_confirmed_at: at })
      .where('id', '=', id)
      .execute()
    const told = await tellPeople(tx, tools, at, exchange)
    await record(tx, by, at, {
      action: 'exchange.agreed',
      about: `/exchange/${id}`,
      details: { institution_id: exchange.proposing_id, ...told },
    })
    return { done: true }
  })
}
