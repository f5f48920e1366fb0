import { type Context, Hono } from 'hono'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { scopeOf, situationOf } from '#status/reports/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { askedOf } from './board-address.ts'
import { BoardPage, NotReturnedPage } from './board-page.tsx'
import { memberBoard } from './member-board.ts'
import { readBoard } from './queries.ts'

export const boardRoutes = new Hono<AppEnv>()

boardRoutes.get('/situations/:id/board', async (c) => showBoard(c, await situationOf(c)))
boardRoutes.get('/board', (c) => showBoard(c, null))

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
