import { Hono } from 'hono'
import { may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { deliveries_per_page, readRound, roundDeliveries, roundProgress } from './queries.ts'
import { RoundPage } from './round-page.tsx'

export const roundRoutes = new Hono<AppEnv>()

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
