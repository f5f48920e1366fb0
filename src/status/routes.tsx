import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { may, must, NotFound } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { formLists, formValues, readForm } from '#html/form-data.ts'
import { readSituation, type SituationView } from '#situations/index.ts'
import { askedOf } from './board-address.ts'
import { BoardPage, NotReturnedPage } from './board-page.tsx'
import { ClosedPage } from './closed-page.tsx'
import { fileReport } from './file-report.ts'
import { FiledPage } from './filed-page.tsx'
import { memberBoard } from './member-board.ts'
import { readBoard, readChain, readReport, readReporter, type Scope } from './queries.ts'
import { echoed, openingValues, updateMinutes } from './report-fields.ts'
import { parseReport } from './report-form.ts'
import { ReportPage } from './report-page.tsx'

const chain_length_shown = 50

export const statusRoutes = new Hono<AppEnv>()

statusRoutes.get('/situations/:id/report', async (c) => showForm(c, await situationOf(c)))
statusRoutes.get('/report', (c) => showForm(c, peacetime(c)))
statusRoutes.post('/situations/:id/report', async (c) => takeForm(c, await situationOf(c)))
statusRoutes.post('/report', (c) => takeForm(c, peacetime(c)))
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

async function situationOf(c: Context<AppEnv, '/situations/:id/report'>): Promise<SituationView> {
  must(readerOf(c), 'situation.see')
  return readSituation(c.var.tools.db, c.req.param('id'))
}

/** Reports outside any situation can be switched off; then there is no such page. */
function peacetime(c: Context<AppEnv>): null {
  if (c.var.tools.config.off.includes('peacetime-reports')) throw new NotFound('peacetime reports are switched off')
  return null
}

const scopeOf = (situation: SituationView | null): Scope => ({
  situation_id: situation?.id ?? null,
  mode: situation?.mode ?? 'actual',
})

async function showForm(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'report.file')
  if (situation?.closed_at) return page(c, <ClosedPage situation={situation} />)
  const reporter = await readReporter(c.var.tools.db, by.institution_id, scopeOf(situation))
  const values = openingValues(reporter, updateMinutes(situation))
  return page(c, <ReportPage situation={situation} reporter={reporter} values={values} />)
}

async function takeForm(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'report.file')
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const reporter = await readReporter(tools.db, by.institution_id, scopeOf(situation))
  const update_minutes = updateMinutes(situation)
  const parsed = parseReport(
    language,
    { values, lists },
    {
      functions: reporter.functions,
      event_at: situation?.event_at ?? null,
      now: tools.clock(),
      update_minutes,
    },
  )
  const form = { situation, reporter, values: { ...openingValues(reporter, update_minutes), ...echoed(values) } }
  const fresh = { ...form, values: { ...form.values, idempotency_key: randomUUID() } }
  if ('problems' in parsed) {
    const { problems } = parsed
    return page(c, <ReportPage {...(problems.idempotency_key ? fresh : form)} problems={problems} />, 422)
  }
  const filed = await fileReport(tools, by, { ...scopeOf(situation), ...parsed.form })
  if (!('failed' in filed)) return c.redirect(`/reports/${filed.id}`, 303)
  if (situation && filed.failed === 'closed')
    return page(c, <ClosedPage situation={situation} text={parsed.form.text} />, 409)
  return page(c, <ReportPage {...fresh} changed />, 409)
}

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
