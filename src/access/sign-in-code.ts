import { z } from 'zod'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import { claimCode } from './app-codes.ts'
import type { Auth } from './auth.ts'
import { forwarded, tokenIn } from './forwarded.ts'
import { noteRefusal, noteSignIn } from './note-sign-in.ts'
import { readPerson } from './queries.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { second_factor_cookie } from './second-factor-plugin.ts'

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

/** The second step after a password: a code of the app, or one of the recovery codes, each of which is taken once. */
export async function signInWithCode(
  tools: Pick<Tools, 'whole' | 'clock'>,
  auth: Auth,
  { code, recovery_code }: CodeForm,
  request: Headers,
): Promise<{ headers: Headers; recovery_codes_left?: number } | { failed: CodeFailure; headers?: Headers }> {
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
  const person = waiting && (await readPerson(db, waiting.person_id))

  if (!answer.ok || !person || !token) {
    if (answer.status >= 500) throw new Error(`second factor failed: ${answer.status}`)
    await noteRefusal(tools, { person_id: person?.id, token, reason: method })
    const { code: why = '' } = (await answer.json().catch(() => ({}))) as { code?: string }
    return { failed: answer.ok ? 'over' : (failures[why] ?? 'code'), headers: answer.headers }
  }
  if (!recovery_code && !(await claimCode(db, auth, person.id, code))) {
    await noteRefusal(tools, { person_id: person.id, token, reason: 'used_code' })
    return { failed: 'over' }
  }
  if (!(await noteSignIn(tools, auth, { person, token, method, request }))) return { failed: 'over' }
  if (!recovery_code) return { headers: answer.headers }
  return { headers: answer.headers, recovery_codes_left: await noteRecovery(tools, person) }
}

/** Whom a browser with this cookie has given the right password of. Only a name for the trail: the library checks the cookie. */
async function whoWaits(db: Tools['whole'], headers: Headers) {
  const cookie = new RegExp(`${second_factor_cookie}=([^;]+)`).exec(headers.get('cookie') ?? '')?.[1] ?? ''
  const identifier = z
    .string()
    .regex(/^2fa-[A-Za-z0-9]+/)
    .safeParse(decoded(cookie).split('.')[0]).data
  if (!identifier) return undefined
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

async function noteRecovery(
  { whole: db, clock }: Pick<Tools, 'whole' | 'clock'>,
  person: NonNullable<Awaited<ReturnType<typeof readPerson>>>,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { backup_codes } = await tx
      .selectFrom('two_factor')
      .select('backup_codes')
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    const left = (JSON.parse(backup_codes) as string[]).length
    await record(tx, person, clock(), { action: 'recovery-codes.used', about: '/account', details: { left } })
    return left
  })
}
