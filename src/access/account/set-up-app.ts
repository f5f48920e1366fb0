import {
  appAddress,
  carryOn,
  claimCode,
  endOtherSessions,
  forwarded,
  isEnough,
  isWeak,
  makeRecoveryCodes,
  type OwnSession,
  readMethods,
  session_cookie,
  tellPerson,
} from '#access/sign-in/index.ts'
import type { Auth } from '#ground/auth/auth.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { raiseSession } from './raise-session.ts'

type Kit = Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>

/** Draws a new secret for an app, for who knows their password. It opens nothing until a code of it is given. */
export async function startApp(auth: Auth, password: string, request: Headers): Promise<{ failed?: 'password' }> {
  const answer = await auth.api.enableTwoFactor({
    body: { password, method: 'totp' },
    headers: forwarded(request, session_cookie),
    asResponse: true,
  })
  if (answer.ok) return {}
  const { code } = (await answer.json()) as { code?: string }
  if (code === 'TOTP_ALREADY_ENABLED') return {}
  if (answer.status >= 500) throw new Error(`no second factor: ${answer.status}`)
  return { failed: 'password' }
}

/** The secret that waits for its first code; null when none does. Shown to its person alone. */
export async function waitingApp({ whole }: Pick<Tools, 'whole'>, auth: Auth, by: Person) {
  const row = await whole
    .selectFrom('two_factor')
    .innerJoin('person', 'person.id', 'two_factor.person_id')
    .where('person_id', '=', by.id)
    .where('verified', '=', false)
    .select(['two_factor.secret', 'person.email'])
    .executeTakeFirst()
  return row ? appAddress(auth, row.secret, row.email) : null
}

/**
 * Takes the first code of an app: from now on the password asks for one. Gives the recovery codes, this once. A session
 * that a password had opened is replaced by one that may do everything.
 */
export async function confirmApp(
  tools: Kit,
  auth: Auth,
  by: Person,
  session: OwnSession,
  code: string,
  request: Headers,
): Promise<{ headers: Headers; recovery_codes: string[] } | { failed: 'code' }> {
  const { whole: db, clock } = tools
  const answer = await auth.api.verifyTOTP({
    body: { code },
    headers: forwarded(request, session_cookie),
    asResponse: true,
  })
  if (!answer.ok) {
    if (answer.status >= 500) throw new Error(`no second factor: ${answer.status}`)
    return { failed: 'code' }
  }
  await claimCode(db, auth, by.id, code)
  const at = clock()
  const method = isWeak(session.method) ? 'second_factor' : session.method
  const recovery_codes = await db.transaction().execute(async (tx) => {
    if (isWeak(session.method)) await raiseSession(tx, tools, by, { from: session, answer: answer.headers, method }, at)
    else await carryOn(tx, session, answer.headers, { method, at })
    const codes = await makeRecoveryCodes(tx, by.id)
    await record(tx, by, at, {
      action: 'second-factor.set-up',
      about: '/account',
      details: { session: session.method },
    })
    await record(tx, by, at, {
      action: 'recovery-codes.made',
      about: '/account',
      details: { count: codes.length },
    })
    await tellPerson(tx, tools, by, at, 'app_added')
    return codes
  })
  return { headers: answer.headers, recovery_codes }
}

/** Does away with the app and its recovery codes, for who knows their password, and ends the other sessions; never the last way to sign in. */
export async function removeApp(
  tools: Kit,
  auth: Auth,
  by: Person,
  session: OwnSession,
  password: string,
  request: Headers,
): Promise<{ headers: Headers } | { failed: 'password' | 'last' }> {
  const { whole: db, clock, config } = tools
  const methods = await readMethods(db, by.id, config)
  if (!isEnough({ ...methods, has_app: false })) return { failed: 'last' }
  const answer = await auth.api.disableTwoFactor({
    body: { password },
    headers: forwarded(request, session_cookie),
    asResponse: true,
  })
  if (!answer.ok) {
    if (answer.status >= 500) throw new Error(`second factor not removed: ${answer.status}`)
    return { failed: 'password' }
  }
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const token = await carryOn(tx, session, answer.headers, { method: session.method, at })
    const sessions_ended = await endOtherSessions(tx, by.id, token)
    await record(tx, by, at, { action: 'second-factor.removed', about: '/account', details: { sessions_ended } })
    await tellPerson(tx, tools, by, at, 'app_removed')
  })
  return { headers: answer.headers }
}

/** New recovery codes, shown this once; those from before are void. Null without an app, to which they belong. */
export async function renewRecoveryCodes(tools: Kit, by: Person): Promise<string[] | null> {
  const at = tools.clock()
  return tools.whole.transaction().execute(async (tx) => {
    const app = await tx
      .selectFrom('two_factor')
      .select('id')
      .where('person_id', '=', by.id)
      .where('verified', '=', true)
      .forUpdate()
      .executeTakeFirst()
    if (!app) return null
    const codes = await makeRecoveryCodes(tx, by.id)
    await record(tx, by, at, {
      action: 'recovery-codes.made',
      about: '/account',
      details: { count: codes.length },
    })
    await tellPerson(tx, tools, by, at, 'codes_made')
    return codes
  })
}
