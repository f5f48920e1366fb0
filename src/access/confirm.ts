import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import { mayTry, tried } from './attempts.ts'
import type { OpenSession } from './open-session.ts'
import { isPassword } from './password.ts'
import type { Person } from './person.ts'

/** What came of a proof of identity. `missing`: nothing was given to prove it with. */
export type Confirmed = 'done' | 'missing' | 'refused' | { failed: 'limited'; until: Date }

/** Whether the person has a password to confirm with; who came by invitation or single sign-on has none. */
export async function hasPassword({ whole }: Pick<Tools, 'whole'>, person_id: string): Promise<boolean> {
  return (await credentialOf(whole, person_id))?.password != null
}

/**
 * Proves by the password that it is still the same person, so that dangerous acts may go on for a while. A wrong one counts
 * like a wrong one at the sign-in. On the whole database: what opens the door is not for readers.
 */
export async function confirmByPassword(
  { whole, clock }: Pick<Tools, 'whole' | 'clock'>,
  by: Person,
  session: OpenSession,
  { password, address }: { password: string; address: string },
): Promise<Confirmed> {
  if (!password) return 'missing'
  const at = clock()
  const credential = await credentialOf(whole, by.id)
  if (!credential?.password) return 'refused'
  const asked = await mayTry(whole, { purpose: 'password', account: credential.email, address, person_id: by.id }, at)
  if ('failed' in asked) return asked
  const is_right = await isPassword({ hash: credential.password, password: password.slice(0, 256) })
  await tried(whole, asked.attempt, is_right, at)
  await whole.transaction().execute(async (tx) => {
    if (is_right) await tx.updateTable('session').set({ confirmed_at: at }).where('id', '=', session.id).execute()
    const action = is_right ? 'sign-in.confirmed' : 'sign-in.confirmation-refused'
    await record(tx, by, at, { action, about: '/sign-in/confirm', details: { by: 'password' } })
  })
  return is_right ? 'done' : 'refused'
}

const credentialOf = (whole: Tools['whole'], person_id: string) =>
  whole
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['credential.password', 'person.email'])
    .where('person.id', '=', person_id)
    .where('credential.provider_id', '=', 'credential')
    .executeTakeFirst()
