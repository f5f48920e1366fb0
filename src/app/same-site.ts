import type { MiddlewareHandler } from 'hono'
import { isSamlAnswer } from '#access/sso/index.ts'
import { NotAllowed } from '#ground/rights/may.ts'
import type { AppEnv } from '#ground/tools/tools.ts'

/** Refuses a form or call that another site made a browser send. Browsers say so in Sec-Fetch-Site; older ones send Origin. */
export const sameSite: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()
  // What its link proves, no other site knows; and its page tells browsers to say nothing of where they come from.
  if (c.req.path.startsWith('/a/')) return next()
  if (isSamlAnswer(c.req.method, c.req.path)) return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const { config, origin: ours } = c.var.tools
  // A demo answers on localhost and 127.0.0.1 alike, whatever port it was given.
  const own = config.public_origin ? [ours] : [ours, `http://${c.req.header('host')}`]

  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new NotAllowed(`form from ${site}`)
  } else if (origin !== undefined) {
    if (!own.includes(origin)) throw new NotAllowed('form from another origin')
  } else if (c.req.header('cookie') !== undefined) throw new NotAllowed('form with a cookie and no origin')
  return next()
}
