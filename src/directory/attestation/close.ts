import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Ends a round: nobody can answer it any more, and nobody is reminded. Closing twice is once. */
export async function closeAttestation(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
): Promise<void> {
  must(by, 'attestation.run')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const attestation = await tx
      .selectFrom('attestation')
      .where('id', '=', id)
      .select('closed_at')
      .forUpdate()
      .executeTakeFirst()
    if (!attestation) throw new NotFound(`attestation ${id}`)
    if (attestation.closed_at) return
    await tx.updateTable('attestation').set({ closed_at: at, closed_by: by.id }).where('id', '=', id).execute()
    await record(tx, by, at, { action: 'attestation.closed', about: `/attestations/${id}` })
  })
}
