import { writeConfirmation } from '#directory/contacts/index.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { entryDigest, readEntry } from './entry.ts'

/**
 * An institution says that its entry is right as it was shown: `seen` tells which one that was. Whether it was corrected
 * since it was asked is noted from the entry itself. Answering twice is recorded once.
 */
export async function answerAttestation(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  seen: string,
): Promise<{ done: true } | { failed: 'closed' | 'changed' }> {
  must(by, 'attestation.answer-own')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    // Held until the commit: the round is not closed between this look and the answer.
    const attestation = await tx
      .selectFrom('attestation')
      .where('id', '=', id)
      .select(['started_at', 'closed_at'])
      .forShare()
      .executeTakeFirst()
    const asked = await tx
      .selectFrom('attestation_asked')
      .where('attestation_id', '=', id)
      .where('institution_id', '=', by.institution_id)
      .select('answer')
      .forUpdate()
      .executeTakeFirst()
    if (!attestation || !asked) throw new NotFound(`attestation ${id}`)
    if (asked.answer) return { done: true }
    if (attestation.closed_at) return { failed: 'closed' }
    const entry = await readEntry(tx, by.institution_id)
    if (entryDigest(entry) !== seen) return { failed: 'changed' }

    const answer = entry.contacts.some(({ changed_at }) => changed_at > attestation.started_at)
      ? 'corrected'
      : 'confirmed'
    await writeConfirmation(tx, by, at)
    await tx
      .updateTable('attestation_asked')
      .set({ answer, answered_by: by.id, answered_at: at })
      .where('attestation_id', '=', id)
      .where('institution_id', '=', by.institution_id)
      .execute()
    await record(tx, by, at, {
      action: 'attestation.answered',
      about: `/attestations/${id}`,
      details: { answer, contacts: entry.contacts.length },
    })
    return { done: true }
  })
}
