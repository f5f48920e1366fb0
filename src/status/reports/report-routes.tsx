import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Config } from '#ground/config/config.ts'
import { formLists, formValues, readForm } from '#ground/html/form-data.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { viewInForce } from '#status/member-view/index.ts'
import { readSituation, type SituationView } from '#status/situations/index.ts'
import { ClosedPage } from './closed-page.tsx'
import { ConflictPage } from './conflict-page.tsx'
import { fileReport } from './file-report.ts'
import { FiledPage } from './filed-page.tsx'
import { readAsked, readChain, readReport, readReporter, type Scope } from './queries.ts'
import { echoed, openingValues, updateMinutes } from './report-fields.ts'
import { parseReport } from './report-form.ts'
import { ReportPage } from './report-page.tsx'
import { WaitingPage } from './waiting-page.tsx'

export const reportRoutes = new Hono<AppEnv>()

reportRoutes.get('/situations/:id/report', async (c) => showForm(c, await situationOf(c)))
reportRoutes.get('/report', (c) => showForm(c, peacetime(c)))
reportRoutes.post('/situations/:id/report', (c) => {
  must(readerOf(c), 'situation.see')
  return takeForm(c, c.req.param('id'))
})
reportRoutes.post('/report', (c) => takeForm(c, peacetime(c)))

const chain_length_shown = 50

reportRoutes.get('/reports/:id', async (c) => {
  const by = readerOf(c)
  const { db, clock, config } = c.var.tools
  const report = await readReport(db, by, c.req.param('id'))
  const chain = await readChain(db, report, chain_length_shown)
  const is_own = report.institution_id === by.institution_id
  const shown = isHidden(config, report) ? null : await viewInForce(db, clock())
  return page(c, <FiledPage {...{ report, chain, shown, is_own }} may_file={is_own && may(by, 'report.file')} />)
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

export const scopeOf = (situation: Pick<SituationView, 'id' | 'mode'> | null): Scope => ({
  situation_id: situation?.id ?? null,
  mode: situation?.mode ?? 'actual',
})

/** Outside situations members may see nothing of each other. */
const isHidden = ({ off }: Pick<Config, 'off'>, { situation_id }: Pick<Scope, 'situation_id'>) =>
  situation_id === null && off.includes('member-board')

async function showForm(c: Context<AppEnv>, situation: SituationView | null) {
  const by = readerOf(c)
  must(by, 'report.file')
  if (situation?.closed_at) return page(c, <ClosedPage situation={situation} />)
  const shown = await aboutOf(c, situation)
  const values = openingValues(shown.reporter, updateMinutes(situation))
  return page(c, <ReportPage {...shown} values={values} />)
}

async function aboutOf(c: Context<AppEnv>, situation: SituationView | null) {
  const { db, clock, config } = c.var.tools
  const [reporter, shown, phones] = await Promise.all([
    readReporter(db, readerOf(c).institution_id, scopeOf(situation)),
    isHidden(config, { situation_id: situation?.id ?? null }) ? null : viewInForce(db, clock()),
    deskPhones(db),
  ])
  return { situation, reporter, shown, phones }
}

/** The form again, with the person's own words; it is read for only once it has to be shown. */
async function formAgain(
  c: Context<AppEnv>,
  situation_id: string | null,
  values: Record<string, string>,
  { has_new_key = false } = {},
) {
  const situation = situation_id === null ? null : await readSituation(c.var.tools.db, situation_id)
  const shown = await aboutOf(c, situation)
  const own = { ...openingValues(shown.reporter, updateMinutes(situation)), ...echoed(values) }
  return { ...shown, values: has_new_key ? { ...own, idempotency_key: randomUUID() } : own }
}

async function takeForm(c: Context<AppEnv>, situation_id: string | null) {
  const by = readerOf(c)
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const is_data = c.req.header('accept') === 'application/json'
  // A device with a report of somebody else asks again when they are back; this person need not be one who reports.
  if (is_data && values.written_by && values.written_by !== by.id) return c.json({ failed: 'other_person' }, 409)
  must(by, 'report.file')
  const { functions, situation } = await readAsked(tools.db, by.institution_id, situation_id)
  const [event_at, update_minutes] = [situation?.event_at ?? null, updateMinutes(situation)]
  const parsed = parseReport(language, { values, lists }, { functions, event_at, now: tools.clock(), update_minutes })
  if ('problems' in parsed) {
    if (is_data) return c.json({ failed: 'invalid' }, 422)
    const { problems } = parsed
    const again = await formAgain(c, situation_id, values, { has_new_key: problems.idempotency_key !== undefined })
    return page(c, <ReportPage {...again} problems={problems} />, 422)
  }
  const filed = await fileReport(tools, by, { ...scopeOf(situation), ...parsed.form, ...parsed.writing })
  if (is_data) return c.json(filed, 'failed' in filed ? 409 : 200)
  if (!('failed' in filed)) return c.redirect(`/reports/${filed.id}`, 303)
  if (filed.failed === 'closed') {
    if (situation_id === null) throw new Error('A report outside any situation found it closed')
    const closed = await readSituation(tools.db, situation_id)
    return page(c, <ClosedPage situation={closed} text={parsed.form.text} />, 409)
  }
  // Somebody else's words are not put before this person.
  const own_words = filed.failed === 'other_person' ? {} : values
  const again = await formAgain(c, situation_id, own_words, { has_new_key: filed.failed === 'changed' })
  if (filed.failed !== 'conflict') return page(c, <ReportPage {...again} failed={filed.failed} />, 409)
  const current = await readReport(tools.db, by, filed.report_id)
  const { form, writing } = parsed
  const written = { form, written_at: writing.written_at, values: echoed(values) }
  return page(c, <ConflictPage {...again} {...written} current={current} />, 409)
}
