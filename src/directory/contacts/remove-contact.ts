import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockContacts } from './lock-contacts.ts'
import { readContacts } from './queries.ts'

/**
 * Takes a contact out of the call tree. Whom they passed the call on to is called by who called them; an account that they
 * sign in with is another matter. The last contact stays: somebody must be there to ask.
 */
export async function removeContact(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { id, institution_id }: { id: string; institution_id: string },
): Promise<{ failed: 'last' } | undefined> {
  mustIn(by, 'contact.edit', institution_id)
  const at = clock()

  return db.transaction().execute(async (tx) => {
    await lockContacts(tx, institution_id)
    const contacts = await readContacts(tx, institution_id)
    const contact = contacts.find((each) => each.id === id)
    if (!contact) return undefined
    if (contacts.length === 1) return { failed: 'last' }
    await tx.updateTable('contact').set({ called_by: contact.called_by }).where('called_by', '=', id).execute()
    await tx.updateTable('contact').set({ removed_at: at, called_by: null }).where('id', '=', id).execute()
    await tx
      .updateTable('contact_address')
      .set({ removed_at: at })
      .where('contact_id', '=', id)
      .where('removed_at', 'is', null)
      .execute()
    // The places close up, from the front.
    for (const [index, other] of contacts.filter((each) => each.id !== id).entries())
      if (other.rank !== index + 1)
        await tx
          .updateTable('contact')
          .set({ rank: index + 1 })
          .where('id', '=', other.id)
          .execute()
    await record(tx, by, at, {
      action: 'contact.removed',
      about: `/institutions/${institution_id}/contacts`,
      details: { contact_id: id, institution_id },
    })
    return undefined
  })
}
