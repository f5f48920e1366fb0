import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { agreeToExchange } from './agree.ts'
import { confirmAgain } from './confirm-again.ts'
import { EndForm, endExchange } from './end.ts'
import { ExchangePage, ExchangesPage, NewExchangePage } from './pages.tsx'
import { ProposalForm, proposalMessage, proposeExchange } from './propose.ts'
import { institutionsNamed, listExchanges, ownContacts, partnerContacts, readExchange } from './queries.ts'

export const exchangeRoutes = new Hono<AppEnv>()

exchangeRoutes.get('/exchange', async (c) =>
  page(c, <ExchangesPage exchanges={await listExchanges(c.var.tools.db, readerOf(c))} />),
)

exchangeRoutes.get('/exchange/new', async (c) => {
  const by = readerOf(c)
  must(by, 'exchange.agree-own')
  const q = soughtIn(c)
  return page(c, <NewExchangePage q={q} found={await institutionsNamed(c.var.tools.db, by, q)} />)
})

exchangeRoutes.post('/exchange', async (c) => {
  const by = readerOf(c)
  must(by, 'exchange.agree-own')
  const values = await formValues(c.req.raw)
  const again = async (problems: Problems) => {
    const q = soughtIn(c)
    const found = await institutionsNamed(c.var.tools.db, by, q)
    return page(c, <NewExchangePage q={q} found={found} values={values} problems={problems} />, 422)
  }
  const form = ProposalForm(c.var.language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const proposed = await proposeExchange(c.var.tools, by, form.data)
  if ('failed' in proposed) return again({ institution_id: proposalMessage(c.var.language) })
  return c.redirect(`/exchange/${proposed.id}`, 303)
})

exchangeRoutes.get('/exchange/:id', async (c) => exchangePage(c, readerOf(c), c.req.param('id')))

exchangeRoutes.post('/exchange/:id/agreement', async (c) => {
  const [by, id] = [readerOf(c), c.req.param('id')]
  const answer = await agreeToExchange(c.var.tools, by, id)
  return 'failed' in answer
    ? exchangePage(c, by, id, { failed: answer.failed }, 409)
    : c.redirect(`/exchange/${id}`, 303)
})

exchangeRoutes.post('/exchange/:id/confirmation', async (c) => {
  const [by, id] = [readerOf(c), c.req.param('id')]
  const answer = await confirmAgain(c.var.tools, by, id)
  return 'failed' in answer
    ? exchangePage(c, by, id, { failed: answer.failed }, 409)
    : c.redirect(`/exchange/${id}`, 303)
})

exchangeRoutes.post('/exchange/:id/end', async (c) => {
  const [by, id] = [readerOf(c), c.req.param('id')]
  must(by, 'exchange.agree-own')
  const values = await formValues(c.req.raw)
  const form = EndForm(c.var.language).safeParse(values)
  if (!form.success) return exchangePage(c, by, id, { problems: problemsOf(form.error), reason: values.reason }, 422)
  await endExchange(c.var.tools, by, id, form.data)
  return c.redirect(`/exchange/${id}`, 303)
})

async function exchangePage(
  c: Context<AppEnv>,
  by: Person,
  id: string,
  more: { problems?: Problems; reason?: string | undefined; failed?: 'ended' | 'own' } = {},
  code: 200 | 409 | 422 = 200,
) {
  const { db } = c.var.tools
  const exchange = await readExchange(db, by, id)
  const [contacts, own] = await Promise.all([partnerContacts(db, by, exchange.partner_id), ownContacts(db, by)])
  return page(c, <ExchangePage exchange={exchange} contacts={contacts} own_contacts={own} {...more} />, code)
}

const soughtIn = (c: Context<AppEnv>) => (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, 100)
