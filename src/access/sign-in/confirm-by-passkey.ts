import type { z } from 'zod'
import type { Auth } from '#ground/auth/auth.ts'
import { challenge_cookie } from '#ground/auth/passkey-plugin.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { mayTry, tried } from './attempts.ts'
import { type Confirmed, noteProof } from './confirm.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { SignInAnswer } from './sign-in-passkey.ts'

/** Proves by a passkey of the person's own that it is still them. Somebody else's proves nothing. */
export async function confirmByPasskey(
  tools: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  by: Person,
  session: OpenSession,
  { written, address, headers: request }: { written: string; address: string; headers: Headers },
): Promise<Confirmed> {
  const { whole, clock } = tools
  const at = clock()
  const response = SignInAnswer.safeParse(written)
  // What no device says proves nothing.
  if (!response.success) return 'refused'
  const asked = await mayTry(whole, { purpose: 'passkey', account: null, address, person_id: by.id }, at)
  if ('failed' in asked) return asked
  const passkey = await proved(whole, auth, by, response.data, request)
  await tried(whole, asked.attempt, passkey !== undefined, at)
  if (passkey) await whole.updateTable('passkey').set({ last_used_at: at }).where('id', '=', passkey.id).execute()
  const details = { by: 'passkey', ...(passkey && { passkey_id: passkey.id, name: passkey.name }) }
  return noteProof(tools, auth, by, session, { is_right: passkey !== undefined, details })
}

/** The passkey of the person that answers the challenge; undefined when none does. */
async function proved(
  whole: Tools['whole'],
  auth: Auth,
  by: Person,
  response: z.output<typeof SignInAnswer>,
  request: Headers,
) {
  const answer = await auth.api.verifyPasskeyAuthentication({
    body: { response },
    headers: forwarded(request, challenge_cookie),
    asResponse: true,
  })
  if (answer.status >= 500) throw new Error(`no proof: ${answer.status}`)
  // The library has opened a session for whoever holds the passkey. Nobody gets it: the one that is open goes on.
  const token = tokenIn(answer.headers)
  if (token) await whole.deleteFrom('session').where('token', '=', token).execute()
  if (!answer.ok) return undefined
  return whole
    .selectFrom('passkey')
    .select(['id', 'name'])
    .where('credential_id', '=', response.id)
    .where('person_id', '=', by.id)
    .executeTakeFirst()
}
