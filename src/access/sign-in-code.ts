import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import { claimCode } from './app-codes.ts'
import type { Auth } from './auth.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { noteRefusal, noteSignIn } from './note-sign-in.ts'
import type { Person } from './person.ts'
import { readPerson } from './queries.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { second_factor_cookie } from './second-factor-plugin.ts'
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

/** `over`: too long ago, or too many wrong codes: from the password again. `locked`: no code is taken for a while. */
export type CodeFailure = 'code' | 'over' | 'locked'
const failures: Record<string, CodeFailure> = {
  INVALID_TWO_FACTOR_COOKIE: 'over',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'over',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
}

type Kit = Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>

/** The second step after a password: a code of the app, or one of the recovery codes, each of which is taken once. */
export async function signInWithCode(
  tools: Kit,
  auth: Auth,
  { code, recovery_code }: CodeForm,
  request: Headers,
): Promise<{ headers: Headers } | { failed: CodeFailure; headers?: Headers }> {
  const { whole: db } = tools
  // Without the cookie of a session that may be open: the code would only be compared, and no failure counted.
  const headers = forwarded(request, second_factor_cookie)
  const waiting = await whoWaits(db, headers)
  const method = recovery_code ? 'recovery_code' : 'second_factor'
  const answer = recovery_code
    ? await auth.api.verifyBackupCode({
        body: { code: await hashRecoveryCode(recovery_code, waiting?.recovery_salt ?? '') },
        headers,
        asResponse: true,
      })
    : await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
  const token = tokenIn(answer.headers)
  const { code: why = '', user } = (await answer.json().catch(() => ({}))) as { code?: string; user?: { id: string } }
  const person_id = user?.id ?? waiting?.person_id
  const person = person_id === undefined ? undefined : await readPerson(db, person_id)

  if (!answer.ok || !person || !token) {
    if (answer.status >= 500) throw new Error(`second factor failed: ${answer.status}`)
    await noteRefusal(tools, { person_id: person?.id, token, reason: method })
    return answer.ok ? { failed: 'over' } : { failed: failures[why] ?? 'code', headers: answer.headers }
  }
  if (!recovery_code && !(await claimCode(db, auth, person.id, code))) {
    await noteRefusal(tools, { person_id: person.id, token, reason: 'used_code' })
    return { failed: 'over' }
  }
  if (!(await noteSignIn(tools, auth, { person, token, method, request }))) return { failed: 'over' }
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
    .select(['two_factor.person_id', 'two_factor.recovery_salt'])
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
