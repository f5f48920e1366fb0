import type { Context, MiddlewareHandler } from 'hono'
import { readForm } from '#ground/html/form-data.ts'
import { type Act, must } from '#ground/rights/may.ts'
import { isConfirmed } from '#ground/rights/session-limits.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { addressKey } from './client-address.ts'
import { type Confirmed, confirmByPassword, proofsOf, type Unconfirmed } from './confirm.ts'
import { confirmByPasskey } from './confirm-by-passkey.ts'
import { ConfirmPage } from './confirm-page.tsx'
import { filesOf, proofs, typedOf } from './form-fields.ts'

/**
 * Stands before a dangerous act: lets through who may do it and has lately proved who they are. Others are asked for their
 * password or a passkey; a form goes on in the same step, with all that was typed. A page is asked for again after the proof.
 */
export const confirmed =
  (act: Act | null): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    if (act) must(readerOf(c), act)
    if (isConfirmedNow(c)) return next()
    const { pathname, search } = new URL(c.req.url)
    if (['GET', 'HEAD'].includes(c.req.method))
      return c.redirect(`/sign-in/confirm?${new URLSearchParams({ next: pathname + search })}`, 303)

    const form = await readForm(c.req.raw)
    const answer = await confirmFrom(c, form)
    if (isProved(answer)) {
      takeCookie(c, answer)
      c.req.raw = carrying(c.req.raw, form, answer.headers)
      return next()
    }
    return answerConfirm(c, answer, { action: pathname + search, form })
  }

const isConfirmedNow = (c: Context<AppEnv>) => {
  const { session, tools } = c.var
  return Boolean(session && isConfirmed(session, tools.clock()))
}

/** Tries the proof that a form carries. */
export async function confirmFrom(c: Context<AppEnv>, form: FormData): Promise<Confirmed> {
  const { session, tools, auth } = c.var
  if (!session) throw new Error('This route is not behind signedIn')
  const given = (name: (typeof proofs)[number]) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [by, address] = [readerOf(c), addressKey(c)]
  const written = given('confirm_passkey')
  if (written) return confirmByPasskey(tools, auth, by, session, { written, address, headers: c.req.raw.headers })
  // A form that was never asked for a proof carries no such field: nothing is missing yet.
  return confirmByPassword(tools, auth, by, session, { password: given('confirm_password'), address })
}

export const isProved = (answer: Confirmed): answer is { headers: Headers } =>
  typeof answer === 'object' && 'headers' in answer

/** Hands the browser the new token of its session. */
export function takeCookie(c: Context<AppEnv>, { headers }: { headers: Headers }) {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** The page that asks for a proof: 401, or 429 with the time to wait. */
export async function answerConfirm(
  c: Context<AppEnv>,
  answer: Unconfirmed,
  { action, form }: { action: string; form: FormData },
) {
  const limited = typeof answer === 'object' ? answer : null
  if (limited) c.header('retry-after', String(secondsUntil(limited.until, c.var.tools.clock())))
  const was_asked = form.has('confirm_password')
  return page(
    c,
    <ConfirmPage
      action={action}
      kept={typedOf(form)}
      files={filesOf(form)}
      has={await proofsOf(c.var.tools, readerOf(c).id)}
      by_passkey={Boolean(form.get('confirm_passkey'))}
      minutes={c.var.session?.set.confirm_minutes ?? 0}
      problem={answer === 'refused' ? 'refused' : answer === 'missing' && was_asked ? 'missing' : null}
      until={limited?.until ?? null}
    />,
    limited ? 429 : 401,
  )
}

export const secondsUntil = (until: Date, now: Date) => Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))

/** The request with its form, which has been read, without the proof, and in the session as its cookie is now. */
function carrying(request: Request, form: FormData, answer: Headers): Request {
  for (const name of proofs) form.delete(name)
  const headers = new Headers(request.headers)
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) headers.delete(name)
  const [own = ''] = answer.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const others = (headers.get('cookie') ?? '').split(/;\s*/).filter((each) => !each.startsWith(`${own.split('=')[0]}=`))
  headers.set('cookie', [...others, own].join('; '))
  const fields = [...form]
  const has_files = fields.some(([, value]) => value instanceof File)
  const body = has_files ? form : new URLSearchParams(fields.map(([name, value]) => [name, String(value)]))
  return new Request(request.url, { method: request.method, headers, body })
}
