import { randomBytes } from 'node:crypto'
import type { Auth } from '#ground/auth/auth.ts'
import { isPassword, password_length_max } from '#ground/auth/password.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { mayTry, tried } from './attempts.ts'
import { sessionCookie } from './session-opener.ts'
import type { Limited } from './sign-in.ts'

/** Why nothing is proved. `missing`: nothing was given to prove it with. */
export type Unconfirmed = 'missing' | 'refused' | Limited
/** What came of a proof of identity; the headers set the session's new cookie. */
export type Confirmed = { headers: Headers } | Unconfirmed

type Kit = Pick<Tools, 'whole' | 'clock'>

/** What the person can prove with that it is them; who came by single sign-on has neither. */
export async function proofsOf({ whole }: Pick<Tools, 'whole'>, person_id: string) {
  const passkey = await whole.selectFrom('passkey').select('id').where('person_id', '=', person_id).executeTakeFirst()
  return { password: (await credentialOf(whole, person_id))?.password != null, passkey: passkey !== undefined }
}

/**
 * Proves by the password that it is still the same person, so that dangerous acts may go on for a while. A wrong one counts
 * like a wrong one at the sign-in. On the whole database: what opens the door is not for readers.
 */
export async function confirmByPassword(
  tools: Kit,
  auth: Auth,
  by: Person,
  session: OpenSession,
  { password, address }: { password: string; address: string },
): Promise<Confirmed> {
  if (!password) return 'missing'
  // Longer than any can be: nothing is compared.
  if (password.length > password_length_max) return 'refused'
  const { whole, clock } = tools
  const at = clock()
  const credential = await credentialOf(whole, by.id)
  if (!credential?.password) return 'refused'
  const asked = await mayTry(whole, { purpose: 'password', account: credential.email, address, person_id: by.id }, at)
  if ('failed' in asked) return asked
  const is_right = await isPassword({ hash: credential.password, password })
  await tried(whole, asked.attempt, is_right, at)
  return noteProof(tools, auth, by, session, { is_right, details: { by: 'password' } })
}

/**
 * The end of every proof: one that holds gives the session a new token, so that whoever has copied the one before is out.
 * The session stays what it is: its way of signing in and its end do not move.
 */
export async function noteProof(
  { whole, clock }: Kit,
  auth: Auth,
  by: Person,
  { id, method }: OpenSession,
  { is_right, details }: { is_right: boolean; details: { by: string; passkey_id?: string; name?: string | null } },
): Promise<Confirmed> {
  const at = clock()
  const token = randomBytes(32).toString('base64url')
  const is_there = await whole.transaction().execute(async (tx) => {
    const action = is_right ? 'sign-in.confirmed' : 'sign-in.confirmation-refused'
    await record(tx, by, at, { action, about: '/sign-in/confirm', details })
    if (!is_right) return true
    const { numUpdatedRows } = await tx
      .updateTable('session')
      .set({ token, confirmed_at: at })
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
  return is_right && is_there ? { headers: await sessionCookie(auth, token, method) } : 'refused'
}

const credentialOf = (whole: Tools['whole'], person_id: string) =>
  whole
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['credential.password', 'person.email'])
    .where('person.id', '=', person_id)
    .where('credential.provider_id', '=', 'credential')
    .executeTakeFirst()
