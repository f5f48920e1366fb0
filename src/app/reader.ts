import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { heldNow, judgeSession, type Person, readPerson } from '#access/index.ts'
import { languages } from '#html/language.ts'
import { openSituations } from '#situations/index.ts'
import type { AppEnv } from './tools.ts'

export { signedIn } from '#access/index.ts'

/** Who is asking, in which language and session, and which situations are open: for every page. */
export const reader: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { tools, auth } = c.var
  c.set('language', languages.find((language) => language === getCookie(c, 'language')) ?? 'ja')
  c.set('reader', null)
  c.set('session', null)
  c.set('ended', null)
  c.set('open', [])
  const cookie = c.req.header('cookie')
  let reader: Person | null = null
  if (cookie?.includes('noroshi.session_token')) {
    const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
    const known = found && (await readPerson(tools.whole, found.user.id))
    if (known) {
      const open = await openSituations(tools.whole)
      const is_open = open.length > 0
      // A page left open looks for news by itself; that is nobody's use of it.
      const is_use = c.req.path !== '/live' && c.req.header('x-live') === undefined
      const judged = await judgeSession(tools, known, found.session.id, { is_use })
      if (judged && 'ended' in judged) c.set('ended', judged.ended)
      else if (judged) {
        reader = heldNow(known, { is_open })
        c.set('reader', reader)
        c.set('session', judged.session)
        c.set('open', open)
      }
    }
  }
  // What is only asked for changes nothing: the database holds us to it.
  const read_only = ['GET', 'HEAD'].includes(c.req.method)
  c.set('tools', { ...tools, db: tools.dbOf(reader, read_only) })
  return next()
}
