import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { mustIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { EditedAddress } from './queries.ts'
import { codeHash, tries_max } from './send-code.ts'
import { isNumber } from './words.ts'

/**
 * Takes the code that was sent to an address: the address is verified, and is used again if it had been stopped. A wrong
 * answer is counted; after the fifth, or after half an hour, that code is no good any more.
 */
export async function enterCode(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  by: Person,
  address: EditedAddress,
  written: string,
): Promise<{ failed: 'wrong'; left: number } | { failed: 'none' } | undefined> {
  mustIn(by, 'contact.edit', address.institution_id)
  const at = clock()
  const code = written.normalize('NFKC').replaceAll(/[\s-]/g, '')

  return db.transaction().execute(async (tx) => {
    const sent = await tx
      .selectFrom('address_code')
      .where('contact_address_id', '=', address.id)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', at)
      .selectAll()
      .orderBy('sent_at', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (!sent) return { failed: 'none' }
    const is_right = timingSafeEqual(sent.code_hash, codeHash(config, sent.id, code))
    const tries = sent.tries + 1
    const is_over = is_right || tries >= tries_max
    await tx
      .updateTable('address_code')
      .set({ tries, ended_at: is_over ? at : null })
      .where('id', '=', sent.id)
      .execute()
    if (is_right) {
      await verified(tx, by, address, at, { how: 'code' })
      return undefined
    }
    await record(tx, by, at, {
      action: 'address.code-refused',
      about: `/contacts/addresses/${address.id}`,
      details: { address_id: address.id, institution_id: address.institution_id, tries },
    })
    return { failed: 'wrong', left: tries_max - tries }
  })
}

/**
 * Notes that somebody reached the contact at this number and heard from themselves that it is theirs. Not the contact
 * alone: who says so must be another.
 */
export async function verifyByCall(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  address: EditedAddress,
  spoke_to: string,
): Promise<{ failed: 'self' | 'mail' } | undefined> {
  mustIn(by, 'contact.edit', address.institution_id)
  const at = clock()
  if (!isNumber(address.means)) return { failed: 'mail' }
  if (address.person_id === by.id) return { failed: 'self' }

  return db.transaction().execute(async (tx) => {
    await verified(tx, by, address, at, { how: 'call', spoke_to })
    return undefined
  })
}

async function verified(
  tx: Tx,
  by: Person,
  address: EditedAddress,
  at: Date,
  details: { how: 'code' } | { how: 'call'; spoke_to: string },
) {
  await tx
    .updateTable('contact_address')
    .set({ verified_at: at, quarantined_at: null, quarantine_reason: null, refused_at: null, refusal: null })
    .where('id', '=', address.id)
    .where('removed_at', 'is', null)
    .execute()
  await record(tx, by, at, {
    action: 'address.verified',
    about: `/contacts/addresses/${address.id}`,
    details: {
      address_id: address.id,
      contact_id: address.contact_id,
      institution_id: address.institution_id,
      means: address.means,
      ...details,
    },
  })
}
