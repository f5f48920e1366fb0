import { look } from '#directory/contacts/index.ts'
import type { Database } from '#ground/db/database.ts'

/** Why an address cannot be invited, or whom it may be taken for. Names of others are for those who may see every institution. */
export type Clash =
  | { kind: 'colleague'; name_ja: string; name_en: string | null }
  | { kind: 'invited' }
  | { kind: 'elsewhere'; institution_ja: string; institution_en: string }
  | { kind: 'role_mailbox' }
  | { kind: 'looks_like'; address: string }

/** sees_all: who asks may see every institution, and take in a person who left another one. */
type Sought = { email: string; institution_id: string; at: Date; sees_all: boolean }

/**
 * Whether this address is free for a person of this institution; if so, the person who had it before they left. An address is
 * somebody's once it was proved: an account's, or a contact's that answered. Whoever sees their own institution alone is told of
 * nobody's elsewhere: the invitation goes out as to any address, and opens nothing (`accept`).
 */
export async function findClash(
  whole: Database,
  { email, institution_id, at, sees_all }: Sought,
): Promise<{ clash: Clash | null; left_person_id: string | null }> {
  const free = { clash: null, left_person_id: null }
  const person = await whole
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('person.email', '=', email)
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.institution_id', 'person.left_at'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .executeTakeFirst()
  const is_elsewhere = person !== undefined && person.institution_id !== institution_id
  if (is_elsewhere && sees_all && !person.left_at) return { ...free, clash: { kind: 'elsewhere', ...person } }
  if (person && !is_elsewhere && !person.left_at) return { ...free, clash: { kind: 'colleague', ...person } }

  const contact = await whole
    .selectFrom('contact_address')
    .innerJoin('institution', 'institution.id', 'contact_address.institution_id')
    .where('contact_address.means', '=', 'mail')
    .where('contact_address.removed_at', 'is', null)
    .where('contact_address.address', '=', email)
    .where(({ or, eb }) =>
      or([
        eb('contact_address.institution_id', '=', institution_id),
        eb('contact_address.verified_at', 'is not', null),
      ]),
    )
    .select(['contact_address.institution_id', 'contact_address.is_role_mailbox'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .orderBy(({ eb }) => eb('contact_address.institution_id', '=', institution_id), 'desc')
    .executeTakeFirst()
  const is_theirs = contact !== undefined && contact.institution_id !== institution_id
  if (is_theirs && sees_all) return { ...free, clash: { kind: 'elsewhere', ...contact } }
  if (contact?.is_role_mailbox && !is_theirs) return { ...free, clash: { kind: 'role_mailbox' } }

  const invited = await whole
    .selectFrom('invitation')
    .where('invitation.kind', '=', 'invitation')
    .where('invitation.email', '=', email)
    .where('invitation.institution_id', '=', institution_id)
    .where('invitation.ended_at', 'is', null)
    .where('invitation.expires_at', '>', at)
    .select('id')
    .executeTakeFirst()
  // One of another house claims nothing: an address is somebody's once they came in by it.
  if (invited) return { ...free, clash: { kind: 'invited' } }

  const alike = await looksLike(whole, email, sees_all ? null : institution_id)
  const left_person_id = person && (!is_elsewhere || sees_all) ? person.id : null
  return { clash: alike ? { kind: 'looks_like', address: alike } : null, left_person_id }
}

/** Another address in use, in all the market or in one institution, that the eye takes for this one. */
async function looksLike(whole: Database, email: string, within: string | null): Promise<string | undefined> {
  const people = await whole
    .selectFrom('person')
    .select('email as address')
    .where('left_at', 'is', null)
    .$if(within !== null, (query) => query.where('institution_id', '=', within))
    .execute()
  const contacts = await whole
    .selectFrom('contact_address')
    .select('address')
    .where('means', '=', 'mail')
    .where('removed_at', 'is', null)
    .$if(within !== null, (query) => query.where('institution_id', '=', within))
    .execute()
  const seen = look(email)
  // Looked at anew: addresses from before looks were kept have their own letters there.
  return [...people, ...contacts].find(({ address }) => address !== email && look(address) === seen)?.address
}
