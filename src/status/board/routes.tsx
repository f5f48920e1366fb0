import { type Context, Hono } from 'hono'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { statesAt } from '#status/activations/index.ts'
import { scopeOf, situationOf } from '#status/reports/index.ts'
import { changesOf, type SituationView } from '#status/situations/index.ts'
import { askedOf } from './board-address.ts'
import { BoardPage, NotReturnedPage } from './board-page.tsx'
import { keptBoard } from './kept-board.ts'
import { memberBoard } from './member-board.ts'
import { holdsUnreturned, readBoard } from './queries.ts'

export const boardRoutes = new Hono<AppEnv>()

boardRoutes.get('/situations/:id/board', async (c) => showBoard(c, await situationOf(c)))
boardRoutes.get('/board', (c) => showBoard(c, null))

async function showBoard(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'situation.see')
  const { whole, clock, config } = c.var.tools
  if (!may(by, 'board.see-all') && may(by, 'report.see-supervised')) return showSupervised(c, situation)
  const sees_all = may(by, 'board.see-all')
  // The standing board would give what nobody has returned: it takes reports of every actual situation.
  const is_off = config.off.includes('member-board')
  const is_held = !situation && !sees_all && !is_off && (await holdsUnreturned(whole, by.institution_id, clock()))
  const is_returned = situation ? situation.returned_at !== null : !is_held && !is_off
  const may_report =
    may(by, 'report.file') && !situation?.closed_at && (situation || !config.off.includes('peacetime-reports'))
  // What was true at the end stays to be seen: after closing nobody reports any more.
  // Counts go over all askings and reports, whatever their labels; of them `memberBoard` leaves what was given back to a participant.
  const board = await keptBoard(whole, { ...scopeOf(situation), now: situation?.closed_at ?? clock() })
  const changes = situation ? await changesOf(c.var.tools.db, [situation.id]) : []
  const bcps = await statesAt(c.var.tools.db, situation?.mode ?? 'actual', situation?.closed_at ?? clock())
  const shared = { situation, changes, bcps, may_report: Boolean(may_report) }
  if (!sees_all && !is_returned) {
    const own = board.lines.find(({ institution }) => institution.id === by.institution_id) ?? null
    return page(c, <NotReturnedPage {...shared} own={own} is_held={is_held} />)
  }
  const given =
    situation || sees_all ? board : await keptBoard(whole, { ...scopeOf(null), now: clock(), is_given: true })
  const seen = sees_all ? board : memberBoard(given, by.institution_id)
  return page(
    c,
    <BoardPage
      {...shared}
      board={seen}
      asked={askedOf(c.req.query())}
      sees_all={sees_all}
      may_return={may(by, 'situation.change')}
      own={by.institution_id}
    />,
  )
}

/** What a local finance bureau supervises and nothing else, before and after a return: no count holds another institution. */
async function showSupervised(c: Context<AppEnv>, situation: SituationView | null) {
  const { whole, db, clock } = c.var.tools
  const { institution_id } = readerOf(c)
  const board = await readBoard(whole, {
    ...scopeOf(situation),
    now: situation?.closed_at ?? clock(),
    supervised_by: institution_id,
  })
  const changes = situation ? await changesOf(db, [situation.id]) : []
  const bcps = await statesAt(db, situation?.mode ?? 'actual', situation?.closed_at ?? clock())
  return page(
    c,
    <BoardPage
      {...{ situation, changes, bcps, board }}
      may_report={false}
      // Those that it supervises are firms, as a rule.
      asked={askedOf({ view: 'participants', ...c.req.query() })}
      sees_all
      is_supervised
      may_return={false}
      own={institution_id}
    />,
  )
}
