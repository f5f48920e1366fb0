import type { Tx } from '#ground/db/database.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockContacts } from './lock-contacts.ts'
import { readCallTree } from './queries.ts'

/**
 * Says that the entry of the person's own institution is right as it stands. `mark` names the state that they saw: an entry
 * that somebody changed meanwhile is not confirmed unseen.
 */
export async function confirmEntry(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  mark: string,
): Promise<{ failed: 'changed' } | undefined> {
  must(by, 'attestation.answer-own')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockContacts(tx, by.institution_id)
    const tree = await readCallTree(tx, by, by.institution_id)
    if (tree.mark !== mark) return { failed: 'changed' }
    await writeConfirmation(tx, by, at)
    await record(tx, by, at, {
      action: 'contact.entry-confirmed',
      about: `/institutions/${by.institution_id}/contacts`,
      details: { institution_id: by.institution_id, contacts: tree.contacts.length },
    })
    return undefined
  })
}

/** Notes that this person found the entry of their institution, and each of its contacts, right at that moment. */
export async function writeConfirmation(tx: Tx, by: Person, at: Date) {
  const confirmed = { confirmed_at: at, confirmed_by: by.id }
  await tx.updateTable('institution').set(confirmed).where('id', '=', by.institution_id).execute()
  await tx
    .updateTable('contact')
    .set(confirmed)
    .where('institution_id', '=', by.institution_id)
    .where('removed_at', 'is', null)
    .execute()
}
