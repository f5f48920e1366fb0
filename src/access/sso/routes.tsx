import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { formValues, readForm } from '#ground/html/form-data.ts'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AddProviderPage } from './add-page.tsx'
import { addProvider, ProviderForm } from './add-provider.ts'
import { agreeToProvider } from './agree-to-provider.ts'
import { releasePerson, removeProvider, setActive, testProvider } from './change-provider.ts'
import { ProvidersPage } from './list-page.tsx'
import { ProviderPage } from './provider-page.tsx'
import { boundPeople, institutionsToChoose, listProviders, readProvider } from './providers.ts'

/** The settings, for who may set up how institutions sign in. */
export const ssoRoutes = new Hono<AppEnv>()

ssoRoutes.get('/sso', async (c) =>
  page(c, <ProvidersPage providers={await listProviders(c.var.tools.db, readerOf(c))} />),
)

// Whoever sets up a provider decides who comes in: only after a fresh proof of who they are.
ssoRoutes.get('/sso/new', confirmed('sso.edit'), async (c) => {
  const kind = c.req.query('kind') === 'saml' ? 'saml' : 'oidc'
  return page(c, <AddProviderPage values={{ kind }} institutions={await institutionsToChoose(c.var.tools.db)} />)
})

ssoRoutes.post('/sso', confirmed('sso.edit'), async (c) => {
  const by = readerOf(c)
  const body = await readForm(c.req.raw)
  const file = body.get('metadata')
  const metadata = file instanceof File ? await file.text() : ''
  const form = ProviderForm.parse({ ...(await formValues(body)), metadata })
  const added = await addProvider(c.var.tools, by, form)
  if ('id' in added) return c.redirect(`/sso/${added.id}`, 303)
  const institutions = await institutionsToChoose(c.var.tools.db)
  return page(c, <AddProviderPage values={form} problems={added.problems} institutions={institutions} />, 422)
})

ssoRoutes.get('/sso/:id', async (c) => page(c, await providerPage(c)))

ssoRoutes.post('/sso/:id/test', async (c) => {
  await testProvider(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/sso/${c.req.param('id')}`, 303)
})

ssoRoutes.post('/sso/:id/activation', confirmed('sso.edit'), async (c) => {
  const { is_active } = await formValues(c.req.raw)
  await setActive(c.var.tools, readerOf(c), c.req.param('id'), { is_active: is_active === 'yes' })
  return c.redirect(`/sso/${c.req.param('id')}`, 303)
})

ssoRoutes.post('/sso/:id/agreement', confirmed('sso.agree'), async (c) => {
  const agreed = await agreeToProvider(c.var.tools, readerOf(c), c.req.param('id'))
  if ('failed' in agreed) return page(c, await providerPage(c, { is_own_agreement: true }), 409)
  return c.redirect(`/sso/${agreed.id}`, 303)
})

ssoRoutes.post('/sso/:id/release', confirmed('sso.edit'), async (c) => {
  const { person_id = '' } = await formValues(c.req.raw)
  await releasePerson(c.var.tools, readerOf(c), c.req.param('id'), person_id)
  return c.redirect(`/sso/${c.req.param('id')}`, 303)
})

ssoRoutes.post('/sso/:id/removal', confirmed('sso.edit'), async (c) => {
  const by = readerOf(c)
  const { domain } = await readProvider(c.var.tools.db, by, c.req.param('id'))
  const { confirm = '' } = await formValues(c.req.raw)
  if (confirm.trim().toLowerCase() !== domain) return page(c, await providerPage(c, { is_other_name: true }), 422)
  await removeProvider(c.var.tools, by, c.req.param('id'))
  return c.redirect('/sso', 303)
})

async function providerPage(c: Context<AppEnv>, wrong: { is_other_name?: boolean; is_own_agreement?: boolean } = {}) {
  const { db, origin } = c.var.tools
  const by = readerOf(c)
  const provider = await readProvider(db, by, c.req.param('id') ?? '')
  const bound = may(by, 'sso.edit') ? await boundPeople(db, by, provider.id) : []
  return <ProviderPage provider={provider} bound={bound} origin={origin} {...wrong} />
}
