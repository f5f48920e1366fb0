import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { type AppEnv, page } from '#app/tools.ts'
import { formValues } from '#html/form-data.ts'
import { languages } from '#html/language.ts'
import { demoPassword } from './demo-password.ts'
import { SignInPage } from './pages.tsx'
import { demoAccounts } from './queries.ts'
import { SignInForm, signIn } from './sign-in.ts'
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
  if ('failed' in answer)
    return page(c, <SignInPage next={next} email={form.email} refused demo={await demoOf(tools)} />, 401)
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect(next, 303)
})

accessRoutes.post('/sign-out', async (c) => {
  const { tools, auth, reader } = c.var
  if (reader) {
    const headers = await signOut(tools, auth, reader, c.req.raw.headers)
    for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  }
  // What this device kept of the directory goes with the session.
  c.header('clear-site-data', '"storage"')
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

const demoOf = async ({ config, whole }: AppEnv['Variables']['tools']) =>
  config.mode === 'demo' ? { accounts: await demoAccounts(whole), password: demoPassword } : null
