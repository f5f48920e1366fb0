import { type Context, Hono } from 'hono'
import { second_factor_cookie } from '#ground/auth/second-factor-plugin.ts'
import { formValues } from '#ground/html/form-data.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { type AppEnv, page, type Why } from '#ground/tools/tools.ts'
import { addressKey } from './client-address.ts'
import { CodePage } from './code-page.tsx'
import { secondsUntil } from './confirmed.tsx'
import { demoPassword } from './demo-password.ts'
import { forgetKept, hasKept } from './keep-unsent.tsx'
import { chooseLanguage } from './language-cookie.ts'
import type { Asking } from './note-sign-in.ts'
import { ownPath } from './own-path.ts'
import { type Refusal, SignInPage } from './pages.tsx'
import { demoAccounts, hasWorkplaceSignIn } from './queries.ts'
import { type Limited, SignInForm, signIn } from './sign-in.ts'
import { CodeForm, signInWithCode } from './sign-in-code.ts'
import { passkeyChallenge, signInWithPasskey } from './sign-in-passkey.ts'
import { signOut } from './sign-out.ts'

export const accessRoutes = new Hono<AppEnv>()

const whys: Why[] = ['idle', 'absolute', 'gone', 'lost']

accessRoutes.get('/sign-in', async (c) => {
  const { next: asked, again, ended: told, unsent } = c.req.query()
  const next = ownPath(asked)
  // Who has no password proves who they are by signing in once more.
  if (c.var.reader && !again) return c.redirect(next, 303)
  // What the page before was told: the session's end is told once.
  const ended = whys.find((why) => why === told) ?? c.var.ended
  return page(c, <SignInPage next={next} ended={ended} unsent={unsent !== undefined} {...(await aroundOf(c))} />)
})

accessRoutes.post('/sign-in/kept', async (c) => {
  const { back } = await formValues(c.req.raw)
  await forgetKept(c)
  return c.redirect(ownPath(back), 303)
})

accessRoutes.post('/sign-in', async (c) => {
  const { tools, auth } = c.var
  const form = SignInForm.parse(await formValues(c.req.raw))
  const next = ownPath(form.next)
  const answer = await signIn(tools, auth, form, askingOf(c))
  if ('failed' in answer) return refuse(c, answer, { next, email: form.email })
  takeCookies(c, answer.headers)
  return c.redirect(answer.needs ? `/sign-in/code?next=${encodeURIComponent(next)}` : next, 303)
})

accessRoutes.get('/sign-in/code', async (c) => {
  const next = ownPath(c.req.query('next'))
  if (!c.req.header('cookie')?.includes(`noroshi.${second_factor_cookie}=`)) return c.redirect('/sign-in', 303)
  return page(c, <CodePage next={next} phones={await phonesFor(c)} />)
})

accessRoutes.post('/sign-in/code', async (c) => {
  const { tools, auth } = c.var
  const form = CodeForm.parse(await formValues(c.req.raw))
  const next = ownPath(form.next)
  const answer = await signInWithCode(tools, auth, form, askingOf(c))
  if (!('failed' in answer)) {
    takeCookies(c, answer.headers)
    return c.redirect(next, 303)
  }
  if (answer.failed === 'limited') return refuse(c, answer, { next })
  if (answer.headers) takeCookies(c, answer.headers)
  if (answer.failed === 'over') return refuse(c, { failed: 'over' }, { next })
  return page(
    c,
    <CodePage
      next={next}
      phones={await phonesFor(c)}
      refused={answer.failed}
      by_recovery={form.recovery_code !== '' || answer.failed === 'unreadable'}
    />,
    401,
  )
})

accessRoutes.post('/sign-in/passkey/options', async (c) => {
  const { tools, auth, reader } = c.var
  const answer = await passkeyChallenge(tools, auth, c.req.raw.headers, reader ? null : addressKey(c))
  if ('failed' in answer) {
    c.header('retry-after', String(secondsUntil(answer.until, tools.clock())))
    return c.json({}, 429)
  }
  takeCookies(c, answer.headers)
  return c.json(answer.options)
})

accessRoutes.post('/sign-in/passkey', async (c) => {
  const { tools, auth } = c.var
  const { response, next: asked } = await formValues(c.req.raw)
  const next = ownPath(asked)
  const answer = await signInWithPasskey(tools, auth, response, askingOf(c))
  if ('failed' in answer)
    return refuse(c, answer.failed === 'limited' ? answer : { failed: 'passkey_refused' }, { next })
  takeCookies(c, answer.headers)
  return c.redirect(next, 303)
})

accessRoutes.post('/sign-out', async (c) => {
  const { tools, auth, reader } = c.var
  if (reader) {
    const headers = await signOut(tools, auth, reader, c.req.raw.headers)
    takeCookies(c, headers)
  }
  await forgetKept(c)
  // What this device kept of the directory goes with the session.
  c.header('clear-site-data', '"storage"')
  return c.redirect('/', 303)
})

accessRoutes.post('/language', async (c) => {
  const { language, back } = await formValues(c.req.raw)
  chooseLanguage(c, language)
  return c.redirect(ownPath(back), 303)
})

type Here = Context<AppEnv>
const askingOf = (c: Here): Asking => ({
  headers: c.req.raw.headers,
  address: addressKey(c),
  replaces: c.var.session?.id,
})
const takeCookies = (c: Here, headers: Headers) => {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** The sign-in page with what was wrong: 401, or 429 with the time to wait. */
async function refuse(c: Here, refusal: { failed: Refusal } | Limited, typed: { next: string; email?: string }) {
  const around = await aroundOf(c)
  if (refusal.failed !== 'limited') return page(c, <SignInPage {...typed} refused={refusal.failed} {...around} />, 401)
  c.header('retry-after', String(secondsUntil(refusal.until, c.var.tools.clock())))
  return page(c, <SignInPage {...typed} until={refusal.until} {...around} />, 429)
}

/** The office's numbers; no person's own, for who may be anybody. */
const phonesFor = (c: Here) => deskPhones(c.var.tools.whole, ['phone'])

async function aroundOf(c: Here) {
  const { config, whole } = c.var.tools
  return {
    demo: config.mode === 'demo' ? { accounts: await demoAccounts(whole), password: demoPassword } : null,
    // Nobody is signed in here: that some institution has it is for everyone to know.
    has_workplace: await hasWorkplaceSignIn(whole),
    has_kept: hasKept(c),
    phones: await phonesFor(c),
  }
}
