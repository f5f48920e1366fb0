import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { formLists, formValues, readForm } from '#ground/html/form-data.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { viewInForce } from '#status/member-view/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { ClosedPage } from './closed-page.tsx'
import { fileReport } from './file-report.ts'
import { functionsOf, readReporter } from './queries.ts'
import { echoed, openingValues, updateMinutes } from './report-fields.ts'
import { parseReport } from './report-form.ts'
import { ReportPage } from './report-page.tsx'

/** An institution for which somebody of the secretariat reports what was said by phone, and where the form goes. */
export type ReportFor = { situation: SituationView; institution_id: string; action: string }

/** The whole form of an institution, for somebody of the secretariat to fill in. */
export async function showReportFor(c: Context<AppEnv>, about: ReportFor) {
  must(readerOf(c), 'report.file-for')
  const { situation } = about
  if (situation.closed_at) return page(c, <ClosedPage situation={situation} />)
  const shown = await shownFor(c, about)
  return page(c, <ReportPage {...shown} values={openingValues(shown.reporter, updateMinutes(situation))} />)
}

async function shownFor(c: Context<AppEnv>, { situation, institution_id, action }: ReportFor) {
  const { db, clock } = c.var.tools
  const shown = await viewInForce(db, clock())
  const reporter = await readReporter(db, institution_id, { situation_id: situation.id, mode: situation.mode })
  return { situation, reporter, shown, phones: await deskPhones(db), on_behalf: { action } }
}

export async function takeReportFor(c: Context<AppEnv>, about: ReportFor) {
  const by = readerOf(c)
  must(by, 'report.file-for')
  const { tools, language } = c.var
  const { situation, institution_id, action } = about
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const update_minutes = updateMinutes(situation)
  const functions = await functionsOf(tools.db, institution_id)
  const asked = { functions, event_at: situation.event_at, now: tools.clock(), update_minutes }
  const parsed = parseReport(language, { values, lists }, asked)
  // Read for only once it has to be shown.
  const formAgain = async (change: Record<string, string> = {}) => {
    const shown = await shownFor(c, about)
    return { ...shown, values: { ...openingValues(shown.reporter, update_minutes), ...echoed(values), ...change } }
  }
  const fresh = () => ({ idempotency_key: randomUUID() })
  if ('problems' in parsed) {
    const { problems } = parsed
    return page(
      c,
      <ReportPage {...(await formAgain(problems.idempotency_key ? fresh() : {}))} problems={problems} />,
      422,
    )
  }
  const { written_upon } = parsed.writing
  const report = { situation_id: situation.id, mode: situation.mode, ...parsed.form, written_upon }
  const filed = await fileReport(tools, by, report, institution_id)
  if (!('failed' in filed)) return c.redirect(`/reports/${filed.id}`, 303)
  if (filed.failed === 'closed') return page(c, <ClosedPage situation={situation} text={parsed.form.text} />, 409)
  if (filed.failed === 'conflict') {
    // Pressed once more it is filed knowingly, upon what the institution has said itself meanwhile.
    const again = await formAgain({ written_upon: filed.report_id })
    return page(c, <ReportPage {...again} on_behalf={{ action, newer: filed.report_id }} />, 409)
  }
  return page(c, <ReportPage {...(await formAgain(fresh()))} failed={filed.failed} />, 409)
}
