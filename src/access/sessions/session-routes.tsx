import { type Context, Hono } from 'hono'
import { answerConfirm, confirmed, confirmFrom, isProved, ownPath, takeCookie } from '#access/sign-in/index.ts'
import { formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must } from '#ground/rights/may.ts'
import { isConfirmed } from '#ground/rights/session-limits.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { changeSettings, readSettings, SettingsForm } from './change-settings.ts'
import { endSessions, listSessions } from './end-sessions.ts'
import { SessionsPage } from './sessions-page.tsx'
import { SettingsPage } from './settings-page.tsx'
import { SignOutForm, signOutEveryone } from './sign-out-everyone.ts'

/** Behind the sign-in: one's own sessions, the proof that it is still oneself, and the limits of everyone's. */
export const sessionRoutes = new Hono<AppEnv>()

sessionRoutes.get('/sign-in/confirm', async (c) => {
  const next = ownPath(c.req.query('next'))
  if (isConfirmed(sessionOf(c), c.var.tools.clock())) return c.redirect(next, 303)
  const form = new FormData()
  form.set('next', next)
  return answerConfirm(c, 'missing', { action: '/sign-in/confirm', form })
})

sessionRoutes.post('/sign-in/confirm', async (c) => {
  const form = await readForm(c.req.raw)
  const next = ownPath((await formValues(form)).next)
  form.set('next', next)
  const answer = await confirmFrom(c, form)
  if (isProved(answer)) {
    takeCookie(c, answer)
    return c.redirect(next, 303)
  }
  return answerConfirm(c, answer, { action: '/sign-in/confirm', form })
})

sessionRoutes.get('/account/sessions', async (c) => {
  const sessions = await listSessions(c.var.tools, readerOf(c), sessionOf(c))
  return page(c, <SessionsPage sessions={sessions} ended={countIn(c.req.query('ended'))} />)
})

sessionRoutes.post('/account/sessions/end-others', confirmed(null), async (c) => {
  const count = await endSessions(c.var.tools, readerOf(c), sessionOf(c), 'others')
  return c.redirect(`/account/sessions?ended=${count}`, 303)
})

sessionRoutes.post('/account/sessions/:id/end', confirmed(null), async (c) => {
  const count = await endSessions(c.var.tools, readerOf(c), sessionOf(c), { id: c.req.param('id') })
  return c.redirect(`/account/sessions?ended=${count}`, 303)
})

sessionRoutes.get('/settings', (c) => {
  must(readerOf(c), 'setting.change')
  return settingsPage(c, { changed: countIn(c.req.query('changed')), ended: countIn(c.req.query('ended')) })
})

sessionRoutes.post('/settings', confirmed('setting.change'), async (c) => {
  const values = await formValues(c.req.raw)
  const form = SettingsForm(c.var.language).safeParse(values)
  if (!form.success) return settingsPage(c, { values, problems: problemsOf(form.error) })
  const { changed } = await changeSettings(c.var.tools, readerOf(c), form.data)
  return c.redirect(`/settings?changed=${changed}`, 303)
})

sessionRoutes.post('/settings/sessions/end', confirmed('setting.change'), async (c) => {
  const values = await formValues(c.req.raw)
  const form = SignOutForm(c.var.language).safeParse(values)
  if (!form.success) return settingsPage(c, { sign_out: values, problems: problemsOf(form.error) })
  const ended = await signOutEveryone(c.var.tools, readerOf(c), sessionOf(c), form.data)
  return c.redirect(`/settings?ended=${Math.min(ended, 999)}`, 303)
})

async function settingsPage(
  c: Context<AppEnv>,
  given: {
    values?: Record<string, string>
    sign_out?: Record<string, string>
    problems?: Problems
    changed?: number | null
    ended?: number | null
  },
) {
  const { set, last } = await readSettings(c.var.tools.db)
  const values = given.values ?? Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]))
  return page(c, <SettingsPage {...given} values={values} last={last} />, given.problems ? 422 : 200)
}

function sessionOf(c: Context<AppEnv>) {
  if (!c.var.session) throw new Error('This route is not behind signedIn')
  return c.var.session
}

/** How many were just dealt with, as an address says after the act; null when it says nothing. */
const countIn = (text: string | undefined) => (text && /^\d{1,3}$/.test(text) ? Number(text) : null)
