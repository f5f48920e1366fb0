import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { aboutThem } from './queries.ts'

/** For so long nobody else is asked to ring the same institution. */
export const claim_minutes = 5

/** Says that this person rings the institution now. Of two at once one gets it; it ends by itself. */
export async function claimCall(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  receipt_id: string,
): Promise<{ id: string } | { failed: 'claimed' | 'closed' }> {
  must(by, 'call.record')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const receipt = await tx
      .selectFrom('receipt')
      .where('id', '=', receipt_id)
      .select(['mode', 'closed_at', 'call_wanted_at', 'institution_id'])
      .executeTakeFirst()
    if (!receipt) throw new NotFound(`receipt ${receipt_id}`)
    if (receipt.closed_at && !receipt.call_wanted_at) return { failed: 'closed' }
    const [, , claims] = await aboutThem(tx, [receipt_id], at)
    if (claims.some(({ claimed_by }) => claimed_by !== by.id)) return { failed: 'claimed' }
    const claim = { claimed_by: by.id, claimed_until: new Date(at.getTime() + claim_minutes * 60_000) }
    const ours = await tx
      .insertInto('call_claim')
      .values({ receipt_id, ...claim })
      .onConflict((conflict) =>
        conflict
          .column('receipt_id')
          .doUpdateSet(claim)
          .where((eb) => eb.or([eb('call_claim.claimed_until', '<=', at), eb('call_claim.claimed_by', '=', by.id)])),
      )
      .returning('receipt_id')
      .executeTakeFirst()
    if (!ours) return { failed: 'claimed' }
    await record(tx, by, at, {
      action: 'call.claimed',
      about: '/calls',
      mode: receipt.mode,
      details: { receipt_id, institution_id: receipt.institution_id },
    })
    return { id: receipt_id }
  })
}
