import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { CodeForm, confirmed, listPasskeys, type OwnSession, ownSession, readMethods } from '#access/sign-in/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { inBoth } from '#ground/html/language.ts'
import { NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AccountPage, isDone, SetUpPage } from './account-page.tsx'
import { accountTexts } from './account-texts.ts'
import { addPasskey, newPasskeyChallenge, passkeyName } from './add-passkey.ts'
import { removePasskey, renamePasskey } from './change-passkey.ts'
import { changePassword } from './change-password.ts'
import { PasskeyPage } from './passkey-page.tsx'
import { PasswordPage } from './password-page.tsx'
import { RecoveryCodesPage, SecondFactorPage, type SecondFactorPageProps } from './second-factor-pages.tsx'
import { confirmApp, removeApp, renewRecoveryCodes, startApp, waitingApp } from './set-up-app.ts'

/** A person's own ways to sign in. Open to a session that has only been opened with a password, to set one up. */
export const accountRoutes = new Hono<AppEnv>()

type Here = Context<AppEnv>
// The whole database: what opens the door is the program's alone to see, and only whether it is there is shown.
const methodsOf = (c: Here) => readMethods(c.var.tools.whole, readerOf(c).id, c.var.tools.config)
const takeCookies = (c: Here, headers: Headers) => {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}
async function sessionOf(c: Here): Promise<OwnSession> {
  const session = await ownSession(c.var.tools.whole, c.var.auth, c.req.raw.headers)
  if (!session) throw new NotFound('the session has ended meanwhile')
  return session
}

accountRoutes.get('/account', async (c) => {
  const done = c.req.query('done')
  return page(c, <AccountPage methods={await methodsOf(c)} done={isDone(done) ? done : undefined} />)
})
accountRoutes.get('/account/set-up', async (c) =>
  c.var.must_enrol ? page(c, <SetUpPage />) : c.redirect('/account', 303),
)

accountRoutes.post('/account/passkeys/options', async (c) => {
  const challenge = await newPasskeyChallenge(c.var.tools, c.var.auth, readerOf(c), c.req.raw.headers)
  if (!challenge) return c.json({}, 409)
  takeCookies(c, challenge.headers)
  return c.json(challenge.options)
})
accountRoutes.post('/account/passkeys', confirmed(null), async (c) => {
  const { tools, auth, must_enrol } = c.var
  const { name, response } = await formValues(c.req.raw)
  const methods = await methodsOf(c)
  const form = { name, unnamed: `${accountTexts[c.var.language].passkey} ${methods.passkeys.length + 1}`, response }
  const added = await addPasskey(tools, auth, readerOf(c), await sessionOf(c), form, c.req.raw.headers)
  if ('failed' in added) return page(c, <AccountPage methods={methods} failed name={name} />, 422)
  takeCookies(c, added.headers)
  return c.redirect(must_enrol ? '/home' : '/account?done=passkey', 303)
})

const own = async (c: Here, id: string) => {
  const passkey = (await listPasskeys(c.var.tools.db, readerOf(c).id)).find((each) => each.id === id)
  if (!passkey) throw new NotFound(`passkey ${id}`)
  return passkey
}
const nameless = inBoth({ ja: 'パスキーの名前を入力してください', en: 'Enter a name for the passkey' })

accountRoutes.get('/account/passkeys/:id', async (c) =>
  page(c, <PasskeyPage passkey={await own(c, c.req.param('id'))} />),
)
accountRoutes.post('/account/passkeys/:id', async (c) => {
  const passkey = await own(c, c.req.param('id'))
  const { name } = await formValues(c.req.raw)
  const given = passkeyName(name)
  if (!given) {
    const problems = { name: nameless[c.var.language] }
    return page(c, <PasskeyPage passkey={passkey} name={name ?? ''} problems={problems} />, 422)
  }
  await renamePasskey(c.var.tools, readerOf(c), passkey.id, given)
  return c.redirect('/account?done=renamed', 303)
})
accountRoutes.post('/account/passkeys/:id/removal', confirmed(null), async (c) => {
  const passkey = await own(c, c.req.param('id'))
  const answer = await removePasskey(c.var.tools, readerOf(c), await sessionOf(c), passkey.id)
  if ('failed' in answer) return page(c, <PasskeyPage passkey={passkey} is_last />, 409)
  return c.redirect('/account?done=removed', 303)
})

/** Who has a password proves it is them by that; who sets a first one, by what they came in with. */
const firstPassword: MiddlewareHandler<AppEnv> = async (c, next) =>
  (await methodsOf(c)).has_password ? next() : confirmed(null)(c, next)

accountRoutes.get('/account/password', firstPassword, async (c) =>
  page(c, <PasswordPage has_password={(await methodsOf(c)).has_password} />),
)
accountRoutes.post('/account/password', firstPassword, async (c) => {
  const { tools, auth, must_enrol } = c.var
  // Their names say what they are, so that no page ever carries them over.
  const { current_password: current = '', password = '', password_again: again = '' } = await formValues(c.req.raw)
  const { has_password } = await methodsOf(c)
  const form = { current, password, again }
  const answer = await changePassword(tools, auth, readerOf(c), await sessionOf(c), form, c.req.raw.headers)
  if ('failed' in answer) return page(c, <PasswordPage has_password={has_password} failed={answer.failed} />, 422)
  takeCookies(c, answer.headers)
  // A first password was set on the way to the app, which comes next.
  return c.redirect(must_enrol && !has_password ? '/account/second-factor' : '/account?done=password', 303)
})

async function secondFactorPage(c: Here, failed?: SecondFactorPageProps['failed']) {
  const { has_app, has_password } = await methodsOf(c)
  const waiting = has_app ? null : await waitingApp(c.var.tools, c.var.auth, readerOf(c))
  const shown = <SecondFactorPage has_app={has_app} has_password={has_password} waiting={waiting} failed={failed} />
  return page(c, shown, failed === 'last' ? 409 : failed ? 422 : 200)
}
accountRoutes.get('/account/second-factor', (c) => secondFactorPage(c))
accountRoutes.post('/account/second-factor', async (c) => {
  const { password = '' } = await formValues(c.req.raw)
  const { failed } = await startApp(c.var.auth, password.slice(0, 256), c.req.raw.headers)
  return failed ? secondFactorPage(c, failed) : c.redirect('/account/second-factor', 303)
})
accountRoutes.post('/account/second-factor/confirmation', async (c) => {
  const { tools, auth, must_enrol } = c.var
  const { code } = CodeForm.parse(await formValues(c.req.raw))
  // Sent twice, or with nothing to confirm: the page says how things stand.
  if (!(await waitingApp(tools, auth, readerOf(c)))) return c.redirect('/account/second-factor', 303)
  const answer = await confirmApp(tools, auth, readerOf(c), await sessionOf(c), code, c.req.raw.headers)
  if ('failed' in answer) return secondFactorPage(c, 'code')
  takeCookies(c, answer.headers)
  return page(c, <RecoveryCodesPage codes={answer.recovery_codes} onward={must_enrol ? '/home' : '/account'} />)
})
accountRoutes.post('/account/second-factor/removal', async (c) => {
  const { tools, auth } = c.var
  const { password = '' } = await formValues(c.req.raw)
  if (!(await methodsOf(c)).has_app) return c.redirect('/account/second-factor', 303)
  const by = readerOf(c)
  const answer = await removeApp(tools, auth, by, await sessionOf(c), password.slice(0, 256), c.req.raw.headers)
  if ('failed' in answer) return secondFactorPage(c, answer.failed)
  takeCookies(c, answer.headers)
  return c.redirect('/account?done=app_removed', 303)
})

accountRoutes.post('/account/recovery-codes', confirmed(null), async (c) => {
  const codes = await renewRecoveryCodes(c.var.tools, readerOf(c))
  if (!codes) return c.redirect('/account', 303)
  return page(c, <RecoveryCodesPage codes={codes} onward="/account" />)
})
