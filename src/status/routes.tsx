import { type Context, Hono } from 'hono'
import { may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import type { SituationView } from '#situations/index.ts'
import { askedOf } from './board-address.ts'
import { BoardPage, NotReturnedPage } from './board-page.tsx'
import { FiledPage } from './filed-page.tsx'
import { memberBoard } from './member-board.ts'
import { readBoard, readChain, readReport } from './queries.ts'
import { reportRoutes, scopeOf, situationOf } from './report-routes.tsx'

const chain_length_shown = 50

export const statusRoutes = new Hono<AppEnv>().route('/', reportRoutes)

statusRoutes.get('/situations/:id/board', async (c) => showBoard(c, await situationOf(c)))
statusRoutes.get('/board', (c) => showBoard(c, null))

statusRoutes.get('/reports/:id', async (c) => {
  const by = readerOf(c)
  const { db } = c.var.tools
  const report = await readReport(db, by, c.req.param('id'))
  const chain = await readChain(db, report, chain_length_shown)
  const isOwn = report.institution_id === by.institution_id
  return page(c, <FiledPage report={report} chain={chain} isOwn={isOwn} mayFile={isOwn && may(by, 'report.file')} />)
})

async function showBoard(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'situation.see')
  const { db, whole, clock, config } = c.var.tools
  const seesAll = may(by, 'board.see-all')
  const isReturned = situation ? situation.returned_at !== null : !config.off.includes('member-board')
  const mayReport =
    may(by, 'report.file') && !situation?.closed_at && (situation || !config.off.includes('peacetime-reports'))
  // What was true at the end stays to be seen: after closing nobody reports any more.
  // A participant's counts go over all reports, of which `memberBoard` then leaves what was given back to them.
  const board = await readBoard(seesAll ? db : whole, { ...scopeOf(situation), now: situation?.closed_at ?? clock() })
  const shared = { situation, mayReport: Boolean(mayReport) }
  if (!seesAll && !isReturned) {
    const own = board.lines.find(({ institution }) => institution.id === by.institution_id) ?? null
    return page(c, <NotReturnedPage {...shared} own={own} />)
  }
  const seen = seesAll ? board : memberBoard(board, by.institution_id)
  return page(
    c,
    <BoardPage
      {...shared}
      board={seen}
      asked={askedOf(c.req.query())}
      seesAll={seesAll}
      mayReturn={may(by, 'situation.change')}
      own={by.institution_id}
    />,
  )
}
