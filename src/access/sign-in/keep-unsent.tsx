import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { mark_field, personOfMark } from '#ground/auth/form-mark.ts'
import { readForm } from '#ground/html/form-data.ts'
import { refill } from '#ground/html/refill.ts'
import { renderPart } from '#ground/html/render.tsx'
import { keepCookie, nameOf } from '#ground/tools/cookies.ts'
import { sentFrom, signInAddress } from '#ground/tools/signed-in.ts'
import { type AppEnv, readerOf, readingOf } from '#ground/tools/tools.ts'
import { filesOf, typedOf } from './form-fields.ts'
import { forgetKeptForm, type KeptForm, keepForm, kept_hours, readKeptForm } from './kept-form.ts'
import { KeptPart } from './kept-part.tsx'

const cookie = 'noroshi-kept'
const isAsking = (c: Context) => ['GET', 'HEAD'].includes(c.req.method)
const here = (c: Context) => {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

/** Whether this browser has sent a form that waits for its person. */
export const hasKept = (c: Context<AppEnv>) => getCookie(c, nameOf(c, cookie)) !== undefined

/**
 * Keeps a form that comes when the session is over, however it ended, and asks its person to sign in. Only what this program
 * drew for somebody is kept; what a script sends, its page keeps itself.
 */
export const keepUnsent: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { reader, tools } = c.var
  if (reader || isAsking(c) || c.req.header('accept')?.startsWith('application/json')) return next()
  const form = await readForm(c.req.raw)
  const person_id = personOfMark(tools.config.secret, form.get(mark_field))
  if (!person_id) return next()
  const from = sentFrom(c) ?? '/home'
  const files = filesOf(form).map(({ file }) => file)
  const key = await keepForm(tools, person_id, { action: here(c), from, typed: typedOf(form), files })
  if (key) keepCookie(c, cookie, key, { maxAge: kept_hours * 3600 })
  if (!c.var.ended) c.set('ended', 'lost')
  return c.redirect(signInAddress(c, { next: from, is_form: true }), 303)
}

/**
 * Brings a kept form back to the person who typed it: into the very form it was sent from, or, where that is not there any
 * more, above the page, with its words. Nothing is sent until they press. It is forgotten once it has been taken.
 */
export const bringBack: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = getCookie(c, nameOf(c, cookie))
  if (!key || !c.var.reader) return next()
  const { tools } = c.var
  const kept = await readKeptForm(tools, readerOf(c).id, key)
  if (!kept) return next()
  await next()
  if (!isAsking(c)) {
    if (here(c) !== kept.action || c.res.status !== 303) return
    return forgetKept(c)
  }
  const is_page = c.res.status === 200 && c.res.headers.get('content-type')?.startsWith('text/html')
  if (is_page && here(c) === kept.from) c.res = new Response(withKept(await c.res.text(), c, kept), c.res)
}

function withKept(html: string, c: Context<AppEnv>, kept: KeptForm): string {
  const filled = refill(html, kept.action, kept.typed)
  const part = renderPart(<KeptPart kept={kept} is_filled={filled !== null} />, readingOf(c))
  return (filled ?? html).replace(/<main\b[^>]*>/, (main) => main + part)
}

/** Somebody does not want it any more, or leaves this browser. */
export async function forgetKept(c: Context<AppEnv>) {
  const key = getCookie(c, nameOf(c, cookie))
  if (!key) return
  await forgetKeptForm(c.var.tools, key)
  keepCookie(c, cookie, '', { maxAge: 0 })
}
