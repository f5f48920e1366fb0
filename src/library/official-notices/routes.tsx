import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { NewOfficialNoticePage, OfficialNoticePage, OfficialNoticesPage } from './pages.tsx'
import { listOfficialNotices, readOfficialNotice } from './queries.ts'
import { OfficialNoticeForm, registerOfficialNotice, situationMessage } from './register-notice.ts'

const per_page = 50
const page_max = 10_000

export const officialNoticeRoutes = new Hono<AppEnv>()

officialNoticeRoutes.get('/official-notices', async (c) => {
  const by = readerOf(c)
  const number = Math.min(page_max, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const found = await listOfficialNotices(c.var.tools.db, by, { page: number, per_page })
  return page(
    c,
    <OfficialNoticesPage
      notices={found.slice(0, per_page)}
      page={number}
      hasMore={found.length > per_page}
      mayRegister={may(by, 'official-notice.register')}
    />,
  )
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
