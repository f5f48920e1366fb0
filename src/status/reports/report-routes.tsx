import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { formLists, formValues, readForm } from '#ground/html/form-data.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { readSituation, type SituationView } from '#status/situations/index.ts'
import { ClosedPage } from './closed-page.tsx'
import { ConflictPage } from './conflict-page.tsx'
import { fileReport } from './file-report.ts'
import { FiledPage } from './filed-page.tsx'
import { readChain, readReport, readReporter, type Scope } from './queries.ts'
import { echoed, openingValues, updateMinutes } from './report-fields.ts'
import { parseReport } from './report-form.ts'
import { ReportPage } from './report-page.tsx'
import { WaitingPage } from './waiting-page.tsx'

export const reportRoutes = new Hono<AppEnv>()

reportRoutes.get('/situations/:id/report', async (c) => showForm(c, await situationOf(c)))
reportRoutes.get('/report', (c) => showForm(c, peacetime(c)))
reportRoutes.post('/situations/:id/report', async (c) => takeForm(c, await situationOf(c)))
reportRoutes.post('/report', (c) => takeForm(c, peacetime(c)))

const chain_length_shown = 50

reportRoutes.get('/reports/:id', async (c) => {
  const by = readerOf(c)
  const { db } = c.var.tools
  const report = await readReport(db, by, c.req.param('id'))
  const chain = await readChain(db, report, chain_length_shown)
  const is_own = report.institution_id === by.institution_id
  return page(
    c,
    <FiledPage report={report} chain={chain} is_own={is_own} may_file={is_own && may(by, 'report.file')} />,
  )
})

/** What waits on a device is shown to whoever holds it: they may have to sign in again before it can be sent. */
export const waitingRoutes = new Hono<AppEnv>().get('/report/waiting', (c) => page(c, <WaitingPage />))

export async function situationOf(c: Context<AppEnv, '/situations/:id/report'>): Promise<SituationView> {
  must(readerOf(c), 'situation.see')
  return readSituation(c.var.tools.db, c.req.param('id'))
}

/** Reports outside any situation can be switched off; then there is no such page. */
function peacetime(c: Context<AppEnv>): null {
  if (c.var.tools.config.off.includes('peacetime-reports')) throw new NotFound('peacetime reports are switched off')
  return null
}

export const scopeOf = (situation: SituationView | null): Scope => ({
  situation_id: situation?.id ?? null,
  mode: situation?.mode ?? 'actual',
})

async function showForm(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'report.file')
  if (situation?.closed_at) return page(c, <ClosedPage situation={situation} />)
  const shown = await aboutOf(c, situation)
  const values = openingValues(shown.reporter, updateMinutes(situation))
  return page(c, <ReportPage {...shown} values={values} />)
}

async function aboutOf(c: Context<AppEnv>, situation: SituationView | null) {
  const { db } = c.var.tools
  const reporter = await readReporter(db, readerOf(c).institution_id, scopeOf(situation))
  return { situation, reporter, phones: await deskPhones(db) }
}

async function takeForm(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const is_data = c.req.header('accept') === 'application/json'
  // A device with a report of somebody else asks again when they are back; this person need not be one who reports.
  if (is_data && values.written_by && values.written_by !== by.id) return c.json({ failed: 'other_person' }, 409)
  must(by, 'report.file')
  const shown = await aboutOf(c, situation)
  const { functions } = shown.reporter
  const update_minutes = updateMinutes(situation)
  const event_at = situation?.event_at ?? null
  const parsed = parseReport(language, { values, lists }, { functions, event_at, now: tools.clock(), update_minutes })
  const form = { ...shown, values: { ...openingValues(shown.reporter, update_minutes), ...echoed(values) } }
  const fresh = { ...form, values: { ...form.values, idempotency_key: randomUUID() } }
  if ('problems' in parsed) {
    if (is_data) return c.json({ failed: 'invalid' }, 422)
    const { problems } = parsed
    return page(c, <ReportPage {...(problems.idempotency_key ? fresh : form)} problems={problems} />, 422)
  }
  const filed = await fileReport(tools, by, { ...scopeOf(situation), ...parsed.form, ...parsed.writing })
  if (is_data) return c.json(filed, 'failed' in filed ? 409 : 200)
  if (!('failed' in filed)) return c.redirect(`/reports/${filed.id}`, 303)
  if (filed.failed === 'conflict') {
    const current = await readReport(tools.db, by, filed.report_id)
    return page(
      c,
      <ConflictPage
        {...shown}
        current={current}
        form={parsed.form}
        written_at={parsed.writing.written_at}
        values={echoed(values)}
      />,
      409,
    )
  }
  if (filed.failed === 'closed') {
    if (!situation) throw new Error('A report outside any situation found it closed')
    return page(c, <ClosedPage situation={situation} text={parsed.form.text} />, 409)
  }
  const again = {
    changed: fresh,
    // Somebody else's words are not put before this person.
    other_person: { ...shown, values: openingValues(shown.reporter, update_minutes) },
    too_old: form,
    ahead: form,
  }[filed.failed]
  return page(c, <ReportPage {...again} failed={filed.failed} />, 409)
}
