import { look } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'

/** Why an address cannot be invited, or whom it may be taken for. Names of others are for those who may see every institution. */
export type Clash =
  | { kind: 'colleague'; name_ja: string; name_en: string | null }
  | { kind: 'invited' }
  | { kind: 'elsewhere'; institution_ja: string; institution_en: string }
  | { kind: 'role_mailbox' }
  | { kind: 'looks_like'; address: string }

/** may_move: who asks may take in a person who left another institution. */
type Sought = { email: string; institution_id: string; at: Date; may_move: boolean }

/**
 * Whether this address is free for a person of this institution; if so, the person who had it before they left. Compared with
 * everyone's, whoever asks: two people with one address could sign in as each other.
 */
export async function findClash(
  whole: Database,
  { email, institution_id, at, may_move }: Sought,
): Promise<{ clash: Clash | null; left_person_id: string | null }> {
  const free = { clash: null, left_person_id: null }
  const person = await whole
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('person.email', '=', email)
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.institution_id', 'person.left_at'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .executeTakeFirst()
  if (person && person.institution_id !== institution_id && !(person.left_at && may_move))
    return { ...free, clash: { kind: 'elsewhere', ...person } }
  if (person && !person.left_at) return { ...free, clash: { kind: 'colleague', ...person } }

  const contact = await whole
    .selectFrom('contact_address')
    .innerJoin('institution', 'institution.id', 'contact_address.institution_id')
    .where('contact_address.means', '=', 'mail')
    .where('contact_address.removed_at', 'is', null)
    .where('contact_address.address', '=', email)
    .select(['contact_address.institution_id', 'contact_address.is_role_mailbox'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .executeTakeFirst()
  if (contact && contact.institution_id !== institution_id) return { ...free, clash: { kind: 'elsewhere', ...contact } }
  if (contact?.is_role_mailbox) return { ...free, clash: { kind: 'role_mailbox' } }

  const invited = await whole
    .selectFrom('invitation')
    .innerJoin('institution', 'institution.id', 'invitation.institution_id')
    .where('invitation.kind', '=', 'invitation')
    .where('invitation.email', '=', email)
    .where('invitation.ended_at', 'is', null)
    .where('invitation.expires_at', '>', at)
    .select(['invitation.institution_id'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .executeTakeFirst()
  if (invited)
    return {
      ...free,
      clash: invited.institution_id === institution_id ? { kind: 'invited' } : { kind: 'elsewhere', ...invited },
    }

  const alike = await looksLike(whole, email)
  return { clash: alike ? { kind: 'looks_like', address: alike } : null, left_person_id: person?.id ?? null }
}

/** Another address in use that the eye takes for this one. */
async function looksLike(whole: Database, email: string): Promise<string | undefined> {
  const people = await whole.selectFrom('person').select('email as address').where('left_at', 'is', null).execute()
  const contacts = await whole
    .selectFrom('contact_address')
    .select('address')
    .where('means', '=', 'mail')
    .where('removed_at', 'is', null)
    .execute()
  const seen = look(email)
  // Looked at anew: addresses from before looks were kept have their own letters there.
  return [...people, ...contacts].find(({ address }) => address !== email && look(address) === seen)?.address
}
