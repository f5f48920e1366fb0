import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { OfficialNoticesPage, officialNoticeColumns } from './list-page.tsx'
import { NewOfficialNoticePage, OfficialNoticePage } from './pages.tsx'
import { officialNotices, readOfficialNotice } from './queries.ts'
import { OfficialNoticeForm, registerOfficialNotice, situationMessage } from './register-notice.ts'
import { officialNoticeTexts } from './texts.ts'

const per_page = 50

export const officialNoticeRoutes = new Hono<AppEnv>()

officialNoticeRoutes.get('/official-notices', async (c) => {
  const by = readerOf(c)
  const found = await paged(officialNotices(c.var.tools.db, by), partAsked(c), per_page)
  return page(c, <OfficialNoticesPage found={found} may_register={may(by, 'official-notice.register')} />)
})

officialNoticeRoutes.get('/official-notices.csv', async (c) => {
  const { tools, language } = c.var
  return csv(c, {
    name: officialNoticeTexts[language].list,
    columns: officialNoticeColumns(language),
    rows: await officialNotices(tools.db, readerOf(c)).limit(csv_rows_max).execute(),
    label: ({ label }) => label,
  })
})

officialNoticeRoutes.get('/official-notices/new', (c) => {
  must(readerOf(c), 'official-notice.register')
  return page(c, <NewOfficialNoticePage values={{ idempotency_key: randomUUID() }} situations={c.var.open} />)
})

officialNoticeRoutes.post('/official-notices', async (c) => {
  const by = readerOf(c)
  must(by, 'official-notice.register')
  const values = await formValues(c.req.raw)
  const again = (problems: Record<string, string>) => {
    // A form without its key is a form without a first press: it gets one now.
    const { idempotency_key = '', ...shown } = problems
    const key = idempotency_key ? randomUUID() : values.idempotency_key
    return page(
      c,
      <NewOfficialNoticePage
        values={{ ...values, idempotency_key: key ?? '' }}
        problems={shown}
        situations={c.var.open}
      />,
      422,
    )
  }
  const form = OfficialNoticeForm(c.var.language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const registered = await registerOfficialNotice(c.var.tools, by, form.data)
  if ('failed' in registered) return again({ situation_id: situationMessage(c.var.language) })
  return c.redirect(`/official-notices/${registered.id}`, 303)
})

officialNoticeRoutes.get('/official-notices/:id', async (c) => {
  const by = readerOf(c)
  const notice = await readOfficialNotice(c.var.tools.db, by, c.req.param('id'))
  return page(c, <OfficialNoticePage notice={notice} may_pass_on={may(by, 'notice.draft')} />)
})
