import { hashCode, newCode, peopleWithRole } from '#access/sign-in/index.ts'
import { must } from '#ground/rights/may.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { postSealed } from './letters.ts'

export const codes_per_set = 10
/** Letters of a code, in groups of four. Longer than an invitation's: these lie in a safe for a year. */
export const groups = 4

export type Sealed = { number: number; sealed_at: Date; codes: { number: number; code: string }[] }

/** Makes a new numbered set of codes, shown this once for printing; the set before it is void from now on. */
export async function sealBreakGlass(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  idempotency_key: string,
): Promise<Sealed | { failed: 'again' }> {
  must(by, 'break-glass.seal')
  // Slow on purpose, therefore before the transaction.
  const made = await Promise.all(
    Array.from({ length: codes_per_set }, async (_, index) => {
      const code = newCode({ groups })
      return { number: index + 1, code, code_hash: await hashCode(code) }
    }),
  )
  const at = tools.clock()

  return tools.db.transaction().execute(async (tx) => {
    const first = await tx
      .selectFrom('break_glass_set')
      .select('id')
      .where('idempotency_key', '=', idempotency_key)
      .executeTakeFirst()
    if (first) return { failed: 'again' as const }
    await tx.updateTable('break_glass_set').set({ voided_at: at }).where('voided_at', 'is', null).execute()
    const written = await tx
      .insertInto('break_glass_set')
      .values({ sealed_by: by.id, sealed_at: at, idempotency_key })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'number'])
      .executeTakeFirst()
    // Another set was sealed at this very moment, and counts.
    if (!written) return { failed: 'again' as const }
    await tx
      .insertInto('break_glass_code')
      .values(made.map(({ number, code_hash }) => ({ set_id: written.id, number, code_hash })))
      .execute()
    await postSealed(tx, tools, at, {
      set: written.number,
      by,
      to: await peopleWithRole(tx, [...deskRoles, 'auditor']),
    })
    await record(tx, by, at, {
      action: 'break-glass.sealed',
      about: '/break-glass',
      details: { set: written.number, codes: codes_per_set },
    })
    return { number: written.number, sealed_at: at, codes: made.map(({ number, code }) => ({ number, code })) }
  })
}
