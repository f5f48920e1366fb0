import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { type AppEnv, page } from '#app/tools.ts'
import { formValues } from '#html/form-data.ts'
import { languages } from '#html/language.ts'
import { CodePage } from './code-page.tsx'
import { demoPassword } from './demo-password.ts'
import { type Refusal, SignInPage } from './pages.tsx'
import { demoAccounts } from './queries.ts'
import { second_factor_cookie } from './second-factor-plugin.ts'
import { SignInForm, signIn } from './sign-in.ts'
import { CodeForm, signInWithCode } from './sign-in-code.ts'
import { passkeyChallenge, signInWithPasskey } from './sign-in-passkey.ts'
import { signOut } from './sign-out.ts'

export const accessRoutes = new Hono<AppEnv>()

accessRoutes.get('/sign-in', async (c) => {
  const next = ownPath(c.req.query('next'))
  if (c.var.reader) return c.redirect(next, 303)
  return page(c, <SignInPage next={next} demo={await demoOf(c.var.tools)} />)
})

accessRoutes.post('/sign-in', async (c) => {
  const { tools, auth } = c.var
  const form = SignInForm.parse(await formValues(c.req.raw))
  const next = ownPath(form.next)
  const answer = await signIn(tools, auth, form, c.req.raw.headers)
  if ('failed' in answer) return refuse(c, answer.failed, { next, email: form.email })
  takeCookies(c, answer.headers)
  return c.redirect(answer.needs ? `/sign-in/code?next=${encodeURIComponent(next)}` : next, 303)
})

accessRoutes.get('/sign-in/code', (c) => {
  const next = ownPath(c.req.query('next'))
  if (c.var.reader) return c.redirect(next, 303)
  if (!c.req.header('cookie')?.includes(`noroshi.${second_factor_cookie}=`)) return c.redirect('/sign-in', 303)
  return page(c, <CodePage next={next} />)
})

accessRoutes.post('/sign-in/code', async (c) => {
  const { tools, auth } = c.var
  const form = CodeForm.parse(await formValues(c.req.raw))
  const next = ownPath(form.next)
  const answer = await signInWithCode(tools, auth, form, c.req.raw.headers)
  if (answer.headers) takeCookies(c, answer.headers)
  if (!('failed' in answer)) return c.redirect(next, 303)
  if (answer.failed === 'over') return refuse(c, 'over', { next })
  return page(c, <CodePage next={next} failed={answer.failed} by_recovery={form.recovery_code !== ''} />, 401)
})

accessRoutes.post('/sign-in/passkey/options', async (c) => {
  const { options, headers } = await passkeyChallenge(c.var.tools, c.var.auth, c.req.raw.headers)
  takeCookies(c, headers)
  return c.json(options)
})

accessRoutes.post('/sign-in/passkey', async (c) => {
  const { tools, auth } = c.var
  const { response, next: asked } = await formValues(c.req.raw)
  const next = ownPath(asked)
  const answer = await signInWithPasskey(tools, auth, response, c.req.raw.headers)
  if ('failed' in answer) return refuse(c, 'passkey_refused', { next })
  takeCookies(c, answer.headers)
  return c.redirect(next, 303)
})

accessRoutes.post('/sign-out', async (c) => {
  const { tools, auth, reader } = c.var
  if (reader) {
    const headers = await signOut(tools, auth, reader, c.req.raw.headers)
    takeCookies(c, headers)
  }
  return c.redirect('/', 303)
})

accessRoutes.post('/language', async (c) => {
  const { language, back } = await formValues(c.req.raw)
  const known = languages.find((name) => name === language)
  if (known)
    setCookie(c, 'language', known, {
      path: '/',
      maxAge: 365 * 24 * 60 * 60,
      sameSite: 'Lax',
      httpOnly: true,
      secure: c.var.tools.origin.startsWith('https:'),
    })
  return c.redirect(ownPath(back), 303)
})

/** A path of this site, whatever was asked for: nobody is sent elsewhere. */
export function ownPath(asked: string | undefined): string {
  const here = 'http://here.invalid'
  if (!asked?.startsWith('/') || !URL.canParse(asked, here)) return '/home'
  const { origin, pathname, search } = new URL(asked, here)
  // Judged as it will be sent: "/..//elsewhere" begins with two slashes only once it is resolved.
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/home'
}

async function refuse(c: Context<AppEnv>, refused: Refusal, { next, email }: { next: string; email?: string }) {
  const demo = await demoOf(c.var.tools)
  return page(c, <SignInPage next={next} email={email} refused={refused} demo={demo} />, 401)
}

const takeCookies = (c: Context<AppEnv>, headers: Headers) => {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

const demoOf = async ({ config, whole }: AppEnv['Variables']['tools']) =>
  config.mode === 'demo' ? { accounts: await demoAccounts(whole), password: demoPassword } : null
