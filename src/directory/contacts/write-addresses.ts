import type { Tx } from '#ground/db/database.ts'
import type { FormAddress } from './contact-form.ts'
import { rows_max } from './contact-values.ts'
import { look } from './look.ts'
import type { AddressView, ContactView } from './queries.ts'

/**
 * Brings the addresses of a contact to what the form says; null when they were so already. A row is never turned into
 * another address: what was verified, tested or refused was that one, and letters to it may still come back.
 */
export async function writeAddresses(
  tx: Tx,
  contact: Pick<ContactView, 'id' | 'institution_id' | 'addresses'>,
  wanted: readonly FormAddress[],
  at: Date,
): Promise<{ added: string[]; removed: string[] } | null> {
  const rows = wanted.map((address) => ({ ...address, known: contact.addresses.find((one) => isSame(one, address)) }))
  const kept = new Set(rows.flatMap(({ known }) => known?.id ?? []))
  // A browser signs up for its notifications by itself; the form does not show them.
  const unseen = contact.addresses.filter(({ means }) => means === 'web_push')
  const gone = contact.addresses.filter(({ id, means }) => !kept.has(id) && means !== 'web_push')
  const order = [...rows.map(({ known }) => known?.id), ...unseen.map(({ id }) => id)]
  const is_as_it_was =
    gone.length === 0 &&
    rows.every(
      ({ known, is_role_mailbox, person_behind }) =>
        known?.is_role_mailbox === is_role_mailbox && known.person_behind === person_behind,
    ) &&
    order.every((id, index) => contact.addresses[index]?.id === id)
  if (is_as_it_was) return null

  if (gone.length > 0)
    await tx
      .updateTable('contact_address')
      .set({ removed_at: at })
      .where(
        'id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute()
  const staying = [...rows, ...unseen.map((known) => ({ ...known, known }))]
  // Two rows of one contact never have the same place: first out of the way, then each to its own.
  for (const [index, { known }] of staying.entries())
    if (known) await setRow(tx, known.id, { rank: rows_max + index + 1 })
  for (const [index, row] of staying.entries()) {
    const { means, address, extension, is_role_mailbox, person_behind } = row
    const state = { rank: index + 1, is_role_mailbox, person_behind }
    if (row.known) await setRow(tx, row.known.id, state)
    else
      await tx
        .insertInto('contact_address')
        .values({
          ...state,
          means,
          address,
          extension,
          look: look(address),
          contact_id: contact.id,
          institution_id: contact.institution_id,
        })
        .execute()
  }
  return {
    added: rows.filter(({ known }) => !known).map(({ means }) => means),
    removed: gone.map(({ means }) => means),
  }
}

const isSame = (one: AddressView, other: FormAddress) =>
  one.means === other.means && one.address === other.address && one.extension === other.extension

const setRow = (tx: Tx, id: string, state: { rank: number; is_role_mailbox?: boolean; person_behind?: string }) =>
  tx.updateTable('contact_address').set(state).where('id', '=', id).execute()
