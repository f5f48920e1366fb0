import type { MiddlewareHandler } from 'hono'
import { chosenLanguage, judgeSession, mustEnrol, tokenOf } from '#access/sign-in/index.ts'
import type { Person } from '#ground/rights/person.ts'
import type { AppEnv } from '#ground/tools/tools.ts'
import { whoAsks } from './who-asks.ts'

/** Who is asking, in which language and session, and which situations are open: for every page. */
export const reader: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { tools, auth } = c.var
  c.set('language', chosenLanguage(c))
  c.set('reader', null)
  c.set('session', null)
  c.set('ended', null)
  c.set('open', [])
  c.set('must_enrol', false)
  const cookies = c.req.header('cookie')
  const token = cookies && (await tokenOf(auth, cookies))
  const known = token && (await whoAsks(tools.whole, token))
  let reader: Person | null = null
  if (known) {
    // A page left open looks for news by itself; that is nobody's use of it.
    const is_use = c.req.path !== '/live' && c.req.header('x-live') === undefined
    const judged = await judgeSession(tools, known.person, known.session, { is_use })
    if ('ended' in judged) c.set('ended', judged.ended)
    else {
      reader = known.person
      c.set('reader', reader)
      c.set('session', judged.session)
      c.set('open', known.open)
      c.set('must_enrol', mustEnrol({ ...judged.session, is_demo: known.is_demo }, tools.config))
    }
  } else if (token) c.set('ended', 'gone')
  if (!['GET', 'HEAD'].includes(c.req.method)) {
    c.set('tools', { ...tools, db: tools.dbOf(reader, false) })
    return next()
  }
  // What is only asked for changes nothing: the database holds us to it.
  const { db, done } = tools.pageOf(reader)
  c.set('tools', { ...tools, db })
  try {
    return await next()
  } finally {
    done()
  }
}

/** All that a session opens which a password alone or a mailed link has opened. */
const open_before_enrolment = /^\/(account|sign-in|sign-out|language)(\/|$)/

/** Sends who has neither used a passkey nor an authenticator app to set up one of them, before they see anything else. */
export const enrolled: MiddlewareHandler<AppEnv> = async (c, next) =>
  !c.var.must_enrol || open_before_enrolment.test(c.req.path) ? next() : c.redirect('/account/set-up', 303)
