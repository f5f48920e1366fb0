import { carryOn, isExempt, type OwnSession } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Method } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'

/**
 * Puts a session that may do everything in the place of one that was opened with too little. Every other session that was
 * opened with too little ends, too: one of them might be somebody else's, who knows the password.
 */
export async function raiseSession(
  tx: Tx,
  { config }: Pick<Tools, 'config'>,
  by: Person,
  { from, answer, method }: { from: OwnSession; answer: Headers; method: Method },
  at: Date,
) {
  const token = await carryOn(tx, from, answer, { method, at })
  const { is_demo } = await tx.selectFrom('person').select('is_demo').where('id', '=', by.id).executeTakeFirstOrThrow()
  const ending = tx.deleteFrom('session').where('person_id', '=', by.id).where('token', '<>', token)
  // In a demo many try the same invented person, each with the password on the page.
  if (isExempt(config, { is_demo })) await ending.where('id', '=', from.id).execute()
  else await ending.where('method', 'in', ['password', 'invitation']).execute()
}
