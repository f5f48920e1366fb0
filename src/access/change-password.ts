import type { Tools } from '#app/tools.ts'
import { record } from '#trail/record.ts'
import type { Auth } from './auth.ts'
import { forwarded, session_cookie, tokenIn } from './forwarded.ts'
import { readMethods } from './methods.ts'
import { endOtherSessions, type OpenSession, stampSession } from './open-session-of.ts'
import { type PasswordProblem, passwordProblem } from './password-quality.ts'
import type { Person } from './person.ts'
import { tellPerson } from './tell-person.ts'

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
  session: OpenSession,
  { current, password, again }: PasswordForm,
  request: Headers,
): Promise<{ headers: Headers } | { failed: PasswordFailure }> {
  const { whole: db, clock, config } = tools
  const { email } = await db.selectFrom('person').select('email').where('id', '=', by.id).executeTakeFirstOrThrow()
  const problem = passwordProblem(password, [by.name_ja, by.name_en ?? '', email])
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
    const token = tokenIn(answer.headers) ?? session.token
    await stampSession(tx, token, session.method, at)
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
