import { type Context, Hono } from 'hono'
import { readRoundTally } from '#delivery/answers/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { pageWithin } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { showReportFor, takeReportFor } from '#status/reports/index.ts'
import { type OvertakenAct, overtakenIn, readSituation } from '#status/situations/index.ts'
import { chaseMissing, listMissing } from './chase.ts'
import { CloseRoundPage } from './close-page.tsx'
import { closeRound } from './close-round.ts'
import { readHistory } from './history.ts'
import { HistoryPage } from './history-page.tsx'
import { countMissing, missing_per_page, readMissing } from './missing.ts'
import { readAnswers, readAskings, readComparison, readPassedOver, readRound } from './queries.ts'
import { RoundPage, sought_length_max } from './round-page.tsx'

export const roundRoutes = new Hono<AppEnv>()

/** A round begins with a notice that asks for reports. */
roundRoutes.get('/situations/:id/ask', async (c) => {
  must(readerOf(c), 'round.ask')
  const { id } = await readSituation(c.var.tools.db, c.req.param('id'))
  return c.redirect(`/notices/new?kind=report_request&situation=${id}`, 303)
})

roundRoutes.get('/rounds/:id', async (c) => {
  must(readerOf(c), 'board.see-all')
  const { db } = c.var.tools
  const round = await readRound(db, c.req.param('id'))
  const now = c.var.tools.clock()
  const askings = await readAskings(db, round.id, now)
  const wanted = c.req.query('asking')
  const asking = wanted ? askings.find((each) => String(each.asking) === wanted) : askings[0]
  if (!asking) throw new NotFound(`asking ${wanted} of round ${round.id}`)
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, sought_length_max)
  const count = await countMissing(db, asking.id, q, now)
  const at = pageWithin(count, partAsked(c), missing_per_page)
  const [tally, answers, comparison, rows, passed_over] = await Promise.all([
    readRoundTally(db, round.id, now),
    readAnswers(db, asking.id),
    readComparison(db, round),
    count > 0 ? readMissing(db, asking, at, q, now) : [],
    asking.asking > 1 ? readPassedOver(db, round, asking.id) : [],
  ])
  const missing = { rows, ...at }
  return page(c, <RoundPage {...{ round, tally, askings, asking, answers, comparison, missing, passed_over, q }} />)
})

roundRoutes.post('/rounds/:id/calls', async (c) => {
  const id = c.req.param('id')
  must(readerOf(c), 'call.record')
  const { institution_id = null } = await formValues(c.req.raw)
  const closed = await closedWith(c, 'call')
  if (closed) return closed
  await listMissing(c.var.tools, readerOf(c), { id, institution_id })
  return c.redirect(`/rounds/${id}`, 303)
})

roundRoutes.post('/rounds/:id/chase', async (c) => {
  must(readerOf(c), 'round.ask')
  const closed = await closedWith(c, 'chase')
  if (closed) return closed
  await chaseMissing(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/rounds/${c.req.param('id')}`, 303)
})

roundRoutes.get('/rounds/:id/close', async (c) => {
  must(readerOf(c), 'round.ask')
  const { db } = c.var.tools
  const round = await readRound(db, c.req.param('id'))
  const [asking] = await readAskings(db, round.id, c.var.tools.clock())
  if (round.closed_at || !asking) return c.redirect(`/rounds/${round.id}`, 303)
  return page(c, <CloseRoundPage round={round} asking={asking} />)
})

roundRoutes.post('/rounds/:id/close', async (c) => {
  must(readerOf(c), 'round.ask')
  const closed = await closedWith(c, 'close_round')
  if (closed) return closed
  await closeRound(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/rounds/${c.req.param('id')}`, 303)
})

roundRoutes.get('/rounds/:id/institutions/:institution', async (c) => {
  must(readerOf(c), 'board.see-all')
  const { db } = c.var.tools
  const round = await readRound(db, c.req.param('id'))
  const history = await readHistory(db, round.id, c.req.param('institution'))
  return page(c, <HistoryPage round={round} history={history} />)
})

roundRoutes.get('/rounds/:id/report-for/:institution', async (c) => showReportFor(c, await reportedFor(c)))
roundRoutes.post('/rounds/:id/report-for/:institution', async (c) => takeReportFor(c, await reportedFor(c)))

/** The answer to a press on a round that ended with its situation; null while that is open. */
async function closedWith(c: Context<AppEnv, '/rounds/:id/:part'>, act: OvertakenAct) {
  const { situation_id, situation_closed_at } = await readRound(c.var.tools.db, c.req.param('id'))
  return situation_closed_at ? overtakenIn(c, situation_id, { act }) : null
}

/** For whom and in which situation somebody of the secretariat reports: an institution that the round asked. */
async function reportedFor(c: Context<AppEnv, '/rounds/:id/report-for/:institution'>) {
  must(readerOf(c), 'report.file-for')
  const { db } = c.var.tools
  const round = await readRound(db, c.req.param('id'))
  const { institution } = await readHistory(db, round.id, c.req.param('institution'))
  const situation = await readSituation(db, round.situation_id)
  return { situation, institution_id: institution.id, action: `/rounds/${round.id}/report-for/${institution.id}` }
}
