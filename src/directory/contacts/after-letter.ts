import { sql } from 'kysely'
import type { LetterOutcomes } from '#ground/letters/send-letters.ts'
import { isAboutAddress } from '#ground/mail/refusal.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { quarantine } from './quarantine.ts'

/** What the directory learns from letters to its addresses: taken, the address works; refused for good because of it, it is stopped. */
export function contactOutcomes(tools: Pick<Tools, 'config' | 'later' | 'origin'>): LetterOutcomes {
  const learn: LetterOutcomes[string] = async (tx, { contact_address_id, about, queued_at }, { kind, answer }, at) => {
    if (!contact_address_id) return
    if (kind === 'sent') {
      await tx.updateTable('contact_address').set({ tested_at: at }).where('id', '=', contact_address_id).execute()
      // The page of a test counts along.
      await sql`select pg_notify('changed', ${about})`.execute(tx)
    }
    if (kind === 'refused' && isAboutAddress(answer))
      await quarantine(tx, tools, at, { address_id: contact_address_id, reason: answer, sent_at: queued_at })
  }
  return { 'address-test': learn, 'address-code': learn }
}
