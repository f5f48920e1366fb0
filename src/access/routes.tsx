import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { type AppEnv, page } from '#app/tools.ts'
import { formValues } from '#html/form-data.ts'
import { languages } from '#html/language.ts'
import { addressKey } from './client-address.ts'
import { secondsUntil } from './confirmed.tsx'
import { demoPassword } from './demo-password.ts'
import { ownPath } from './own-path.ts'
import { SignInPage } from './pages.tsx'
import { demoAccounts } from './queries.ts'
import { SignInForm, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

export const accessRoutes = new Hono<AppEnv>()

accessRoutes.get('/sign-in', async (c) => {
  const { next: asked, again, ended: told, unsent } = c.req.query()
  const next = ownPath(asked)
  // Who has no password proves who they are by signing in once more.
  if (c.var.reader && !again) return c.redirect(next, 303)
  const ended = c.var.ended ?? (told === 'idle' || told === 'absolute' ? told : null)
  return page(
    c,
    <SignInPage next={next} ended={ended} unsent={unsent !== undefined} demo={await demoOf(c.var.tools)} />,
  )
})

accessRoutes.post('/sign-in', async (c) => {
  const { tools, auth } = c.var
  const form = SignInForm.parse(await formValues(c.req.raw))
  const next = ownPath(form.next)
  const answer = await signIn(tools, auth, form, {
    headers: c.req.raw.headers,
    address: addressKey(c),
    replaces: c.var.session?.id,
  })
  if ('failed' in answer) {
    const until = answer.failed === 'limited' ? answer.until : null
    if (until) c.header('retry-after', String(secondsUntil(until, tools.clock())))
    const shown = { next, email: form.email, demo: await demoOf(tools) }
    return page(c, <SignInPage {...shown} refused={!until} until={until} />, until ? 429 : 401)
  }
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect(next, 303)
})

accessRoutes.post('/sign-out', async (c) => {
  const { tools, auth, reader } = c.var
  if (reader) {
    const headers = await signOut(tools, auth, reader, c.req.raw.headers)
    for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
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

const demoOf = async ({ config, whole }: AppEnv['Variables']['tools']) =>
  config.mode === 'demo' ? { accounts: await demoAccounts(whole), password: demoPassword } : null
