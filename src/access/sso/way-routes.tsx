import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { addressKey, mayTry, ownPath, secondsUntil, tried } from '#access/sign-in/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { NotFound } from '#ground/rights/may.ts'
import { keepCookie, nameOf } from '#ground/tools/cookies.ts'
import { type AppEnv, page } from '#ground/tools/tools.ts'
import { spMetadata } from './protocol.ts'
import { readProviderInUse } from './providers.ts'
import { beginSso, keepAnswer } from './requests.ts'
import { readAnswer } from './saml-answer.ts'
import { type Finished, finishOidc, finishSaml, refuse } from './sign-in-sso.ts'
import { NotInPage, OnwardPage, WorkplacePage } from './way-pages.tsx'

/**
 * The way to the provider and back: for people who are not signed in yet. Providers send people back by links, so two
 * pages that are only asked for open a session: each takes away the line of the way that this browser began with a form.
 */
export const ssoWayRoutes = new Hono<AppEnv>()

const cookie = 'noroshi-sso.way'
const way = '/sign-in/sso'
const acs = `${way}/saml2/sp/acs`

/** The one form that another site may send: a SAML provider's answer. It only leaves the answer there for the browser that asked. */
export const isSamlAnswer = (method: string, path: string) =>
  method === 'POST' && path.startsWith(`${acs}/`) && /^[0-9a-f-]{36}$/.test(path.slice(acs.length + 1))

ssoWayRoutes.get(way, async (c) => {
  const next = ownPath(c.req.query('next'))
  return c.var.reader ? c.redirect(next, 303) : page(c, <WorkplacePage next={next} />)
})

ssoWayRoutes.post(way, async (c) => {
  const { tools } = c.var
  const form = await formValues(c.req.raw)
  const mail = (form.mail ?? '').slice(0, 254)
  const next = ownPath(form.next)
  const at = tools.clock()
  // Each beginning asks the provider something, and each guess of a domain is told: neither is for a machine to repeat.
  const asked = await mayTry(tools.whole, { purpose: 'sso', account: null, address: addressKey(c) }, at)
  if ('failed' in asked) {
    c.header('retry-after', String(secondsUntil(asked.until, at)))
    return page(c, <WorkplacePage next={next} mail={mail} until={asked.until} />, 429)
  }
  const begun = await beginSso(tools, { mail, next })
  if ('failed' in begun) {
    if (begun.failed === 'unknown_domain') {
      await tried(tools.whole, asked.attempt, false, at)
      return page(c, <WorkplacePage next={next} mail={mail} is_unknown />, 422)
    }
    await refuse(tools, begun.provider_id, 'provider_down')
    return page(c, <NotInPage why="provider_down" />, 503)
  }
  for (const line of begun.cookies) c.header('set-cookie', line, { append: true })
  keepCookie(c, cookie, begun.key, { path: way, maxAge: 600 })
  // Not a redirect: browsers hold the target of a form, and all it leads to, to `form-action`.
  if (begun.is_answering) c.header('refresh', `0; url=${begun.url}`)
  return page(c, <OnwardPage url={begun.url} is_answering={begun.is_answering} />)
})

ssoWayRoutes.get(`${way}/callback/:id`, async (c) => {
  const { tools, auth } = c.var
  const provider = await providerOf(c)
  return arrive(c, await finishOidc(tools, auth, provider, { ...cameBy(c), query: c.req.query() }))
})

ssoWayRoutes.post(`${acs}/:id`, async (c) => {
  const { tools } = c.var
  const { id: provider_id } = await providerOf(c)
  const { SAMLResponse: answer = '', RelayState: state = '' } = await formValues(c.req.raw)
  const reason = readAnswer(answer) === undefined ? 'saml_xml' : 'state'
  const is_kept = reason === 'state' && (await keepAnswer(tools, { provider_id, state, answer }))
  return is_kept ? c.redirect(`${way}/answer`, 303) : arrive(c, await refuse(tools, provider_id, reason))
})

ssoWayRoutes.get(`${way}/answer`, async (c) => {
  const { tools, auth } = c.var
  return arrive(c, await finishSaml(tools, auth, cameBy(c)))
})

ssoWayRoutes.get(`${way}/metadata/:id`, async (c) => {
  const provider = await providerOf(c)
  if (provider.kind !== 'saml') throw new NotFound('metadata of a provider that has none')
  return c.body(await spMetadata(c.var.tools, provider), 200, { 'content-type': 'application/samlmetadata+xml' })
})

const cameBy = (c: Context<AppEnv>) => ({
  key: getCookie(c, nameOf(c, cookie, way)),
  headers: c.req.raw.headers,
  replaces: c.var.session?.id,
})

/** The provider of an address, whoever asks: it comes from the other side, or from nobody we know yet. */
async function providerOf(c: Context<AppEnv>) {
  const { whole, config } = c.var.tools
  const id = c.req.param('id') ?? ''
  const provider = await readProviderInUse(whole, config.secret, id)
  if (!provider) throw new NotFound(`provider ${id}`)
  return provider
}

function arrive(c: Context<AppEnv>, finished: Finished) {
  keepCookie(c, cookie, '', { path: way, maxAge: 0 })
  if ('refused' in finished)
    return page(c, <NotInPage why={finished.refused} />, finished.refused === 'provider_down' ? 503 : 403)
  for (const line of finished.headers.getSetCookie()) c.header('set-cookie', line, { append: true })
  return c.redirect(finished.next, 303)
}
