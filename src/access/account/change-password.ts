import {
  carryOn,
  endOtherSessions,
  forwarded,
  type OwnSession,
  readMethods,
  session_cookie,
  tellPerson,
} from '#access/sign-in/index.ts'
import type { Auth } from '#ground/auth/auth.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { type KnownOf, type PasswordProblem, passwordProblem } from './password-quality.ts'

export type PasswordForm = { current: string; password: string; again: string }
export type PasswordFailure = { current?: 'wrong'; password?: PasswordProblem; again?: 'different' }

/**
 * Sets a new password, for who knows the one from before or has none, and ends all other sessions of theirs. The headers
 * set the cookie of the session that goes on.
 */
export async function changePassword(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>,
  auth: Auth,
  by: Person,
  session: OwnSession,
  { current, password, again }: PasswordForm,
  request: Headers,
): Promise<{ headers: Headers } | { failed: PasswordFailure }> {
  const { whole: db, clock, config } = tools
  const problem = passwordProblem(password, await knownOf(db, by))
  if (problem) return { failed: { password: problem } }
  if (password !== again) return { failed: { again: 'different' } }

  const { has_password } = await readMethods(db, by.id, config)
  const headers = forwarded(request, session_cookie)
  const answer = has_password
    ? await auth.api.changePassword({
        body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
        headers,
        asResponse: true,
      })
    : await auth.api.setPassword({ body: { newPassword: password }, headers, asResponse: true })
  if (!answer.ok) {
    if (answer.status >= 500) throw new Error(`password not changed: ${answer.status}`)
    return { failed: { current: 'wrong' } }
  }
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const token = has_password
      ? await carryOn(tx, session, answer.headers, { method: session.method, at })
      : session.token
    await endOtherSessions(tx, by.id, token)
    await record(tx, by, at, {
      action: 'password.changed',
      about: '/account',
      details: { first: !has_password, session: session.method },
    })
    await tellPerson(tx, tools, by, at, 'password_changed')
  })
  return { headers: answer.headers }
}

async function knownOf(whole: Tools['whole'], by: Person): Promise<KnownOf> {
  const { email, name_ja, name_en, code } = await whole
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('person.id', '=', by.id)
    .select(['person.email', 'institution.name_ja', 'institution.name_en', 'institution.code'])
    .executeTakeFirstOrThrow()
  return { name: by.name_ja, email, institution: name_ja, others: [by.name_en ?? '', name_en, code] }
}
