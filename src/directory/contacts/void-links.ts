import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/**
 * Makes void what a contact was sent so far for answering without a sign-in: a phone was lost, a mail passed on. What is pressed or written
 * with it is kept for the secretariat. What they are sent from now on answers again. Twice is once a moment later.
 */
export async function voidLinks(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, institution_id }: { id: string; institution_id: string },
): Promise<void> {
  mustIn(by, 'contact.edit', institution_id)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('contact')
      .set({ links_voided_at: at })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return
    await record(tx, by, at, {
      action: 'contact.links-voided',
      about: `/institutions/${institution_id}/contacts`,
      details: { contact_id: id, institution_id },
    })
  })
}
