import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { channelNames } from '#ground/channels/channel.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { counted, paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { mayRead } from '#ground/rights/labels.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { decideRefusals, RefusedForm } from './decide-refusals.ts'
import { DeliveriesPage } from './deliveries-page.tsx'
import { DeliveryPage } from './delivery-page.tsx'
import { messagesOf } from './messages.ts'
import { countDeliveries, deliveriesLike, readDelivered, readDelivery, unreadBounces } from './queries.ts'
import { readSuspicion, refusedAddresses } from './refused.ts'
import { RefusedPage } from './refused-page.tsx'
import { countResend, ResendForm, resend } from './resend.ts'
import { deliveryStates } from './words.ts'

const deliveries_per_page = 50

export const deliveryRoutes = new Hono<AppEnv>()

deliveryRoutes.get('/notices/:id/deliveries', (c) => showDeliveries(c))

deliveryRoutes.post('/notices/:id/resend', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.release')
  const { id } = await readDelivered(c.var.tools.db, c.req.param('id'))
  const form = ResendForm(c.var.language).safeParse(await formValues(c.req.raw))
  if (!form.success) return showDeliveries(c, problemsOf(form.error))
  const { resent } = await resend(c.var.tools, by, { ...form.data, notice_id: id })
  return c.redirect(`/notices/${id}/deliveries?resent=${resent}`, 303)
})

// Before `/deliveries/:id`, which would take its name for an id.
deliveryRoutes.get('/deliveries/refused', (c) => showRefused(c))

deliveryRoutes.post('/deliveries/refused', async (c) => {
  const by = readerOf(c)
  must(by, 'address.lift')
  const values = await formValues(c.req.raw)
  const form = RefusedForm(c.var.language).safeParse(values)
  if (!form.success) return showRefused(c, { values, problems: problemsOf(form.error) })
  const { changed } = await decideRefusals(c.var.tools, by, form.data)
  return c.redirect(`/deliveries/refused?${form.data.decision === 'lift' ? 'lifted' : 'stopped'}=${changed}`, 303)
})

deliveryRoutes.get('/deliveries/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { tools } = c.var
  const delivery = await readDelivery(tools.db, c.req.param('id'))
  // What a notice says is for those whom its label lets read it; that it went out, for whoever looks after deliveries.
  const is_readable = mayRead(by, delivery.label, delivery.institution_id)
  const [claimed] = is_readable ? await messagesOf(tools, [delivery]) : []
  const message = claimed?.message()
  const said = message ? { subject: message.subject, text: withoutToken(message.text) } : null
  // What comes back may repeat what was sent.
  const came_back = is_readable ? await unreadBounces(tools.db, delivery.id) : []
  return page(c, <DeliveryPage {...{ delivery, said, came_back }} />)
})

async function showDeliveries(c: Context<AppEnv>, problems?: Problems) {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db } = c.var.tools
  const id = c.req.param('id')
  if (!id) throw new NotFound('notice')
  const notice = await readDelivered(db, id)
  const filter = {
    state: deliveryStates.find((state) => state === c.req.query('state')) ?? null,
    channel: channelNames.find((channel) => channel === c.req.query('channel')) ?? null,
  }
  const counts = await countDeliveries(db, notice.id)
  const count = counts
    .filter((row) => !filter.state || row.state === filter.state)
    .filter((row) => !filter.channel || row.channel === filter.channel)
    .reduce((sum, row) => sum + row.count, 0)
  const found = await counted(deliveriesLike(db, notice.id, filter), count, partAsked(c), deliveries_per_page)
  const again = may(by, 'notice.release')
    ? { ...(await countResend(db, notice.id)), idempotency_key: randomUUID() }
    : null
  const resent = /^\d{1,6}$/.test(c.req.query('resent') ?? '') ? Number(c.req.query('resent')) : null
  return page(
    c,
    <DeliveriesPage {...{ notice, counts, found, filter, resent, resend: again }} {...(problems && { problems })} />,
    problems ? 422 : 200,
  )
}

async function showRefused(
  c: Context<AppEnv>,
  again: { values: Record<string, string>; problems: Problems } = { values: {}, problems: {} },
) {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db } = c.var.tools
  const [found, suspicion] = await Promise.all([
    paged(refusedAddresses(db), partAsked(c), deliveries_per_page),
    readSuspicion(db),
  ])
  const asked = (['lifted', 'stopped'] as const).find((one) => /^\d{1,6}$/.test(c.req.query(one) ?? ''))
  const done = asked ? { what: asked, count: Number(c.req.query(asked)) } : null
  const status = Object.keys(again.problems).length > 0 ? 422 : 200
  return page(c, <RefusedPage {...{ found, suspicion, done, ...again }} />, status)
}

/** Whoever reads what was sent is not to answer in its recipient's name: the link is shown without what proves it. */
const withoutToken = (text: string) => text.replace(/(\/a\/)[0-9a-z]{20,}/g, '$1…')
