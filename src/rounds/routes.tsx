import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { confirmed, may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { toCivilInput } from '#html/civil.ts'
import { formValues, problemsOf } from '#html/form-data.ts'
import type { Problems } from '#html/forms.tsx'
import { readSituation, type SituationView } from '#situations/index.ts'
import { AskClosedPage, AskPage, usualTexts } from './ask-page.tsx'
import { askRound, RoundForm } from './ask-round.ts'
import { CheckPage } from './check-page.tsx'
import { composeMail } from './compose-mail.ts'
import { deliveries_per_page, latestRound, readRound, roundDeliveries, roundProgress } from './queries.ts'
import { reachNow, sampleLetter } from './reach.ts'
import { RoundPage } from './round-page.tsx'

/** How long institutions usually have to answer. */
const answer_minutes = 60

export const roundRoutes = new Hono<AppEnv>()

roundRoutes.get('/situations/:id/ask', async (c) => {
  must(readerOf(c), 'round.ask')
  const { db, clock } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  if (situation.closed_at) return c.redirect(`/situations/${situation.id}`, 303)
  const answer_by = toCivilInput(onFiveMinutes(clock().getTime() + answer_minutes * 60_000))
  return askPage(c, situation, { ...usualTexts, answer_by, idempotency_key: randomUUID() })
})

roundRoutes.post('/situations/:id/ask', confirmed('round.ask'), async (c) => {
  const by = readerOf(c)
  must(by, 'round.ask')
  const { db, clock, origin, config } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  const values = await formValues(c.req.raw)
  if (values.change) return askPage(c, situation, values)
  const form = RoundForm(c.var.language, clock()).safeParse(values)
  if (!form.success) return askPage(c, situation, values, problemsOf(form.error))

  const round = { ...form.data, asked_at: clock() }
  const [reach, letter] = await Promise.all([reachNow(db, clock()), sampleLetter(db, { origin, situation, round, by })])
  const sample = letter && { ...composeMail(letter), to: letter.address }
  return page(
    c,
    <CheckPage
      situation={situation}
      form={form.data}
      values={values}
      reach={reach}
      mail_from={config.mail_from}
      sample={sample}
    />,
  )
})

roundRoutes.post('/situations/:id/rounds', confirmed('round.ask'), async (c) => {
  const by = readerOf(c)
  must(by, 'round.ask')
  const { db, clock } = c.var.tools
  const situation_id = c.req.param('id')
  const values = await formValues(c.req.raw)
  const form = RoundForm(c.var.language, clock()).safeParse(values)
  if (!form.success) return askPage(c, await readSituation(db, situation_id), values, problemsOf(form.error))

  const asked = await askRound(c.var.tools, by, { situation_id, ...form.data })
  if ('failed' in asked) return page(c, <AskClosedPage situation={await readSituation(db, situation_id)} />, 409)
  return c.redirect(`/rounds/${asked.id}`, 303)
})

roundRoutes.get('/rounds/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'board.see-all')
  const { db } = c.var.tools
  const round = await readRound(db, c.req.param('id'))
  const progress = await roundProgress(db, round.id)
  const mails = Object.values(progress.by_state).reduce((sum, count) => sum + count, 0)
  const pages = Math.max(1, Math.ceil(mails / deliveries_per_page))
  const wanted = Math.min(pages, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const deliveries = may(by, 'delivery.see')
    ? { rows: await roundDeliveries(db, round.id, wanted), page: wanted, pages }
    : null
  return page(c, <RoundPage round={round} progress={progress} deliveries={deliveries} may_ask={may(by, 'round.ask')} />)
})

/** The form, with the person's own words and what is wrong with them. A key that is none becomes a new one. */
async function askPage(
  c: Context<AppEnv>,
  situation: SituationView,
  values: Record<string, string>,
  problems?: Problems,
) {
  const key = problems?.idempotency_key ? { idempotency_key: randomUUID() } : {}
  const before = await latestRound(c.var.tools.db, situation.id)
  return page(
    c,
    <AskPage situation={situation} before={before} values={{ ...values, ...key }} problems={problems ?? {}} />,
    problems ? 422 : 200,
  )
}

const onFiveMinutes = (time: number) => new Date(Math.ceil(time / 300_000) * 300_000)
