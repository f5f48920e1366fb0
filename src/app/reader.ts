import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { heldNow, mustEnrol, type Person, readPerson } from '#access/index.ts'
import { languages } from '#html/language.ts'
import { openSituations } from '#situations/index.ts'
import type { AppEnv } from './tools.ts'

/** Who is asking, in which language, and which situations are open: for every page. */
export const reader: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { tools, auth } = c.var
  c.set('language', languages.find((language) => language === getCookie(c, 'language')) ?? 'ja')
  c.set('reader', null)
  c.set('open', [])
  c.set('must_enrol', false)
  const cookie = c.req.header('cookie')
  let reader: Person | null = null
  if (cookie?.includes('noroshi.session_token')) {
    const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
    const known = session && (await readPerson(tools.whole, session.user.id))
    if (known) {
      const open = await openSituations(tools.whole)
      reader = heldNow(known, { is_open: open.length > 0 })
      c.set('reader', reader)
      c.set('open', open)
      c.set('must_enrol', await mustEnrol(tools.whole, session.session.id, tools.config))
    }
  }
  // What is only asked for changes nothing: the database holds us to it.
  const read_only = ['GET', 'HEAD'].includes(c.req.method)
  c.set('tools', { ...tools, db: tools.dbOf(reader, read_only) })
  return next()
}

/** Sends everyone who is not signed in to the sign-in page, and back here afterwards. */
export const signedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.var.reader) return next()
  const { pathname, search } = new URL(c.req.url)
  const back = c.req.method === 'GET' ? `?next=${encodeURIComponent(pathname + search)}` : ''
  return c.redirect(`/sign-in${back}`, 303)
}

/** All that a session opens which a password alone or a mailed link has opened. */
const open_before_enrolment = /^\/(account|sign-in|sign-out|language)(\/|$)/

/** Sends who has neither used a passkey nor an authenticator app to set up one of them, before they see anything else. */
export const enrolled: MiddlewareHandler<AppEnv> = async (c, next) =>
  !c.var.must_enrol || open_before_enrolment.test(c.req.path) ? next() : c.redirect('/account/set-up', 303)
