import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { readContacts } from '#directory/contacts/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { type Asked, listAddress } from '#ground/lists/address.ts'
import { pageWithin } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { readStandingReport } from '#status/reports/index.ts'
import { answerByCall, CallAnswerForm } from './answer-by-call.ts'
import { CallPage } from './call-page.tsx'
import { type CallFailure, CallsPage, failures } from './calls-page.tsx'
import { claimCall } from './claim-call.ts'
import { putOnCallList } from './put-on-list.ts'
import {
  aboutThem,
  type CallScope,
  callList,
  calls_per_page,
  countCalls,
  notListed,
  readCallReceipt,
  standingReceipt,
} from './queries.ts'
import { CallForm, recordCall } from './record-call.ts'
import { SheetPage } from './sheet-page.tsx'

export const callRoutes = new Hono<AppEnv>()

callRoutes.get('/calls', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db, clock } = c.var.tools
  const { scope, asked } = scopeOf(c.req.query())
  const count = await countCalls(db, scope, clock())
  const at = pageWithin(count, partAsked(c), calls_per_page)
  const found = { rows: await callList(db, scope, clock(), at), ...at }
  const others = scope.notice_id ? await notListed(db, scope.notice_id, clock()) : null
  const done = c.req.query('answered')
  const answered = isId(done) ? await readCallReceipt(db, done ?? '') : undefined
  return page(c, <CallsPage {...{ found, asked, others, answered }} may_call={may(by, 'call.record')} />)
})

// Before `/calls/:id`, which would take its name for an id.
callRoutes.get('/calls/sheet', async (c) => {
  must(readerOf(c), 'delivery.see')
  const { db, clock } = c.var.tools
  const { scope, asked } = scopeOf(c.req.query())
  return page(c, <SheetPage rows={await callList(db, scope, clock(), null)} asked={asked} />)
})

callRoutes.get('/calls/:id', (c) => {
  const failed = c.req.query('told') ?? ''
  return showNewest(c, c.req.param('id'), () =>
    show(c, c.req.param('id'), Object.hasOwn(failures.ja, failed) ? { failed: failed as CallFailure } : {}),
  )
})

callRoutes.post('/calls/:id/claim', async (c) => {
  const id = await standingReceipt(c.var.tools.db, c.req.param('id'))
  const claimed = await claimCall(c.var.tools, readerOf(c), id)
  return c.redirect(`/calls/${id}${'failed' in claimed ? `?told=${claimed.failed}` : ''}`, 303)
})

callRoutes.post('/calls/:id/calls', async (c) => {
  const by = readerOf(c)
  must(by, 'call.record')
  const id = await standingReceipt(c.var.tools.db, c.req.param('id'))
  const values = await formValues(c.req.raw)
  const form = CallForm(c.var.language).safeParse(values)
  if (!form.success) return show(c, id, { values, problems: problemsOf(form.error) })
  await recordCall(c.var.tools, by, { receipt_id: id, ...form.data })
  return c.redirect(`/calls/${id}`, 303)
})

callRoutes.post('/calls/:id/answer', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.answer')
  const id = await standingReceipt(c.var.tools.db, c.req.param('id'))
  const values = await formValues(c.req.raw)
  const form = CallAnswerForm(c.var.language).safeParse(values)
  if (!form.success) return show(c, id, { values, problems: problemsOf(form.error) })
  const answered = await answerByCall(c.var.tools, by, { receipt_id: id, ...form.data })
  return c.redirect('failed' in answered ? `/calls/${id}?told=${answered.failed}` : `/calls?answered=${id}`, 303)
})

callRoutes.post('/calls/:id/listing', async (c) => {
  const { is_listed, ...back } = await formValues(c.req.raw)
  const receipt_ids = [await standingReceipt(c.var.tools.db, c.req.param('id'))]
  await putOnCallList(c.var.tools, readerOf(c), { receipt_ids, is_listed: is_listed === 'yes' })
  return c.redirect(listAddress('/calls', scopeOf(back).asked), 303)
})

const isId = (text: string | undefined) =>
  text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** `?notice=<id>` and `?round=<id>` show that part of the list. */
function scopeOf({ notice, round }: Record<string, string>): { scope: CallScope; asked: Asked } {
  const asked = { notice: isId(notice) ? (notice ?? null) : null, round: isId(round) ? (round ?? null) : null }
  return { scope: { notice_id: asked.notice, round_id: asked.round }, asked }
}

/** The page of an asking that was repeated meanwhile goes on with the newest. */
async function showNewest(c: Context<AppEnv>, id: string, showThis: () => Promise<Response>) {
  must(readerOf(c), 'delivery.see')
  const newest = isId(id) ? await standingReceipt(c.var.tools.db, id) : id
  return newest === id ? showThis() : c.redirect(`/calls/${newest}`, 303)
}

async function show(
  c: Context<AppEnv>,
  id: string,
  told: { failed?: CallFailure; values?: Record<string, string>; problems?: Problems },
) {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db, clock } = c.var.tools
  const receipt = await readCallReceipt(db, id)
  if (!receipt) throw new NotFound(`receipt ${id}`)
  const [recipients, calls, claims] = await aboutThem(db, [id], clock())
  const { institution_id, situation_id, mode, answer_wanted } = receipt
  const stands =
    answer_wanted === 'report' && situation_id
      ? await readStandingReport(db, institution_id, { situation_id, mode })
      : null
  return page(
    c,
    <CallPage
      {...{ receipt, recipients, calls, stands, ...told }}
      contacts={await readContacts(db, receipt.institution_id)}
      claim={claims[0] ?? null}
      may={{ call: may(by, 'call.record'), answer: may(by, 'notice.answer') }}
      keys={{ call: randomUUID(), answer: randomUUID() }}
    />,
    told.problems ? 422 : 200,
  )
}
