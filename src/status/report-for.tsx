import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { formLists, formValues, readForm } from '#html/form-data.ts'
import type { SituationView } from '#situations/index.ts'
import { ClosedPage } from './closed-page.tsx'
import { fileReport } from './file-report.ts'
import { readReporter } from './queries.ts'
import { echoed, openingValues, updateMinutes } from './report-fields.ts'
import { parseReport } from './report-form.ts'
import { ReportPage } from './report-page.tsx'

/** An institution for which somebody of the secretariat reports what was said by phone, and where the form goes. */
export type ReportFor = { situation: SituationView; institution_id: string; action: string }

export async function showReportFor(c: Context<AppEnv>, { situation, institution_id, action }: ReportFor) {
  must(readerOf(c), 'report.file-for')
  if (situation.closed_at) return page(c, <ClosedPage situation={situation} />)
  const reporter = await readReporter(c.var.tools.db, institution_id, {
    situation_id: situation.id,
    mode: situation.mode,
  })
  const values = openingValues(reporter, updateMinutes(situation))
  return page(c, <ReportPage situation={situation} reporter={reporter} values={values} on_behalf={{ action }} />)
}

export async function takeReportFor(c: Context<AppEnv>, { situation, institution_id, action }: ReportFor) {
  const by = readerOf(c)
  must(by, 'report.file-for')
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const scope = { situation_id: situation.id, mode: situation.mode }
  const reporter = await readReporter(tools.db, institution_id, scope)
  const update_minutes = updateMinutes(situation)
  const { functions } = reporter
  const now = tools.clock()
  const parsed = parseReport(
    language,
    { values, lists },
    { functions, event_at: situation.event_at, now, update_minutes },
  )
  const form = {
    ...{ situation, reporter, on_behalf: { action } },
    values: { ...openingValues(reporter, update_minutes), ...echoed(values) },
  }
  const fresh = { ...form, values: { ...form.values, idempotency_key: randomUUID() } }
  if ('problems' in parsed) {
    const { problems } = parsed
    return page(c, <ReportPage {...(problems.idempotency_key ? fresh : form)} problems={problems} />, 422)
  }
  const filed = await fileReport(tools, by, { ...scope, ...parsed.form }, institution_id)
  if (!('failed' in filed)) return c.redirect(`/reports/${filed.id}`, 303)
  if (filed.failed === 'closed') return page(c, <ClosedPage situation={situation} text={parsed.form.text} />, 409)
  return page(c, <ReportPage {...fresh} changed />, 409)
}
