import { z } from 'zod'
import type { Auth } from '#ground/auth/auth.ts'
import { second_factor_cookie } from '#ground/auth/second-factor-plugin.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { claimCode, isReadable } from './app-codes.ts'
import { mayTry, tried } from './attempts.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { type Asking, noteRefusal, noteSignIn } from './note-sign-in.ts'
import { readPerson } from './queries.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import type { Limited } from './sign-in.ts'
import { tellPerson } from './tell-person.ts'

/** `code`: six digits of an app, in whatever width they were typed. `recovery_code`: instead of it. */
export const CodeForm = z.object({
  code: z
    .string()
    .max(40)
    .transform((text) => text.normalize('NFKC').replaceAll(/\D/g, ''))
    .catch(''),
  recovery_code: z.string().trim().max(60).catch(''),
  next: z.string().catch(''),
})
export type CodeForm = z.output<typeof CodeForm>

/**
 * `over`: too long ago, too many wrong codes, or a code that was used: from the password again. `unreadable`: no code of this app can
 * be right any more; a recovery code can.
 */
export type CodeFailure = 'code' | 'over' | 'unreadable'
const endings = ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE']

type Kit = Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>

/** The second step after a password: a code of the app, or one of the recovery codes, each of which is taken once. */
export async function signInWithCode(
  tools: Kit,
  auth: Auth,
  { code, recovery_code }: CodeForm,
  { headers: request, address, replaces }: Asking,
): Promise<{ headers: Headers } | { failed: CodeFailure; headers?: Headers } | Limited> {
  const { whole: db, clock } = tools
  const at = clock()
  // Without the cookie of a session that may be open: the code would only be compared, and no failure counted.
  const headers = forwarded(request, second_factor_cookie)
  const waiting = await whoWaits(db, headers)
  if (!waiting) return { failed: 'over' }
  const { person_id, recovery_salt, secret } = waiting
  if (!recovery_code && !(await isReadable(auth, secret))) return { failed: 'unreadable' }
  const method = recovery_code ? 'recovery_code' : 'second_factor'
  const purpose = recovery_code ? 'recovery_code' : 'code'
  const asked = await mayTry(db, { purpose, account: person_id, address, person_id }, at)
  if ('failed' in asked) return asked

  const answer = recovery_code
    ? await auth.api.verifyBackupCode({
        body: { code: await hashRecoveryCode(recovery_code, recovery_salt ?? '') },
        headers,
        asResponse: true,
      })
    : await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
  if (answer.status >= 500) throw new Error(`second factor failed: ${answer.status}`)
  const person = await readPerson(db, person_id)
  const is_fresh = answer.ok && (recovery_code !== '' || (await claimCode(db, auth, person_id, code)))
  await tried(db, asked.attempt, is_fresh, at)

  if (!answer.ok) {
    await noteRefusal(tools, { person_id, reason: method }, at)
    const { code: why = '' } = (await answer.json().catch(() => ({}))) as { code?: string }
    return { failed: endings.includes(why) ? 'over' : 'code', headers: answer.headers }
  }
  if (!is_fresh || !person) {
    const reason = is_fresh ? method : 'used_code'
    await noteRefusal(tools, { person_id, token: tokenIn(answer.headers), reason }, at)
    return { failed: 'over' }
  }
  if (!(await noteSignIn(tools, person, answer.headers, { method, at, replaces }))) return { failed: 'over' }
  if (recovery_code) await noteRecovery(tools, person)
  return { headers: answer.headers }
}

/** Whose password the browser with this cookie has given. For the salt, and the trail of a refusal: it is the library that checks the cookie. */
async function whoWaits(db: Tools['whole'], headers: Headers) {
  const cookie = new RegExp(`${second_factor_cookie}=([^;]+)`).exec(headers.get('cookie') ?? '')?.[1] ?? ''
  const [identifier = ''] = decoded(cookie).split('.')
  if (!identifier.startsWith('2fa-')) return undefined
  return db
    .selectFrom('verification')
    .innerJoin('two_factor', (join) =>
      join.on(({ eb, cast, ref }) =>
        eb(cast<string>(ref('two_factor.person_id'), 'text'), '=', ref('verification.value')),
      ),
    )
    .where('verification.identifier', '=', identifier)
    .select(['two_factor.person_id', 'two_factor.recovery_salt', 'two_factor.secret'])
    .executeTakeFirst()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** A recovery code is for the day on which the app is lost, or for a thief: its person is told. */
const noteRecovery = ({ whole: db, ...tools }: Kit, person: Person): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const at = tools.clock()
    const { backup_codes } = await tx
      .selectFrom('two_factor')
      .select('backup_codes')
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    const left = (JSON.parse(backup_codes) as string[]).length
    await record(tx, person, at, { action: 'recovery-codes.used', about: '/account', details: { left } })
    await tellPerson(tx, tools, person, at, 'code_used')
  })
