import { readPerson } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { type Person, scopeOf } from '#ground/rights/person.ts'
import type { Profile } from './protocol.ts'
import type { ProviderInUse } from './providers.ts'

/** Why somebody whom their provider knows is not let in. */
export type Reason =
  | 'inactive'
  | 'mail_unverified'
  | 'mail_malformed'
  | 'mail_domain'
  | 'unknown_person'
  | 'other_institution'
  | 'left'
  | 'desk_elsewhere'
  | 'desk_not_agreed'
  | 'other_subject'
  | 'mail_of_another'
  | 'subject_malformed'

export type Decision = { person: Person; is_new: boolean } | { refused: Reason; person_id?: string }

type Provider = Pick<ProviderInUse, 'id' | 'institution_id' | 'domain' | 'is_desk' | 'is_active'> & {
  is_agreed: boolean
}

/**
 * Who a verified profile is here. Only someone with an account at the provider's own institution: the one bound to this
 * subject, or at the first time the one whose mail address it verifies. Nobody is created, nobody of elsewhere is found.
 * The caller holds the provider's row, so that two first times at once bind one subject.
 */
export async function decide(
  tx: Tx,
  provider: Provider,
  { subject, mail, is_mail_verified }: Profile,
): Promise<Decision> {
  if (!provider.is_active) return { refused: 'inactive' }
  if (subject.length === 0 || subject.length > 500 || subject.trim() !== subject || subject.includes('\0'))
    return { refused: 'subject_malformed' }
  const address = plainMail(mail)
  const owner = address ? await ownerOf(tx, address) : undefined
  const bound = await tx
    .selectFrom('sso_subject')
    .where('provider_id', '=', provider.id)
    .where('subject', '=', subject)
    .select('person_id')
    .executeTakeFirst()
  if (bound) {
    const person_id = bound.person_id
    // The same subject, and now with a colleague's address: whichever of the two it is, this is not for a program to decide.
    if (owner && owner.id !== person_id) return { refused: 'mail_of_another', person_id }
    return letIn(tx, provider, person_id, false)
  }

  if (!is_mail_verified) return { refused: 'mail_unverified' }
  if (!address) return { refused: 'mail_malformed' }
  if (!address.endsWith(`@${provider.domain}`)) return { refused: 'mail_domain' }
  if (!owner) return { refused: 'unknown_person' }
  const other = await tx
    .selectFrom('sso_subject')
    .where('provider_id', '=', provider.id)
    .where('person_id', '=', owner.id)
    .select('subject')
    .executeTakeFirst()
  if (other) return { refused: 'other_subject', person_id: owner.id }
  return letIn(tx, provider, owner.id, true)
}

async function letIn(tx: Tx, provider: Provider, person_id: string, is_new: boolean): Promise<Decision> {
  const person = await readPerson(tx, person_id)
  if (!person) return { refused: 'left', person_id }
  if (person.institution_id !== provider.institution_id) return { refused: 'other_institution', person_id }
  // The desk runs the market: no other institution's provider may say who sits there.
  const is_of_desk = person.roles.some((role) => scopeOf[role] === 'desk')
  if (is_of_desk && !provider.is_desk) return { refused: 'desk_elsewhere', person_id }
  // Nor may one person of the desk alone, who could make themselves any other of it.
  if (is_of_desk && !provider.is_agreed) return { refused: 'desk_not_agreed', person_id }
  return { person, is_new }
}

/** Also of those who left: their address is theirs. */
const ownerOf = (tx: Tx, email: string) =>
  tx.selectFrom('person').where('email', '=', email).select('id').executeTakeFirst()

/**
 * The address in lower case, or nothing when it is none that we compare: beyond ASCII, letters look alike, and some turn
 * into ASCII when they are made lower case (the Kelvin sign into k).
 */
export function plainMail(mail: string): string | undefined {
  const is_plain = mail.length <= 254 && /^[!-?A-~]+@[A-Za-z0-9.-]+$/.test(mail)
  return is_plain ? mail.toLowerCase() : undefined
}
