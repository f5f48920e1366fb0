import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf, type Tools } from '#ground/tools/tools.ts'
import { GapsPage } from './gaps-page.tsx'
import { marketGaps } from './market-gaps.ts'
import { listTests, readTest } from './silent-tests.ts'
import { reachOfTest, startTest, TestForm } from './start-test.ts'
import { TestPage, TestsPage } from './tests-page.tsx'

export const careRoutes = new Hono<AppEnv>()

careRoutes.get('/contacts/gaps', async (c) => {
  const { db, clock } = c.var.tools
  return page(c, <GapsPage institutions={await marketGaps(db, readerOf(c), clock())} />)
})

careRoutes.get('/contacts/tests', async (c) => {
  const by = readerOf(c)
  const tests = await listTests(c.var.tools.db, by)
  const reach = may(by, 'address.test') ? await reachNow(c.var.tools) : null
  return page(
    c,
    <TestsPage tests={tests} reach={reach} values={{ idempotency_key: randomUUID(), scope: 'untested' }} />,
  )
})

careRoutes.post('/contacts/tests', async (c) => {
  const by = readerOf(c)
  must(by, 'address.test')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const again = async (problems: Record<string, string>) => {
    // A form without its key is a form without a first press: it gets one now.
    const { idempotency_key = '', ...shown } = problems
    const key = idempotency_key ? randomUUID() : (values.idempotency_key ?? '')
    const tests = await listTests(tools.db, by)
    const reach = await reachNow(tools)
    return page(
      c,
      <TestsPage tests={tests} reach={reach} values={{ ...values, idempotency_key: key }} problems={shown} />,
      422,
    )
  }
  const form = TestForm(language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const started = await startTest(tools, by, form.data, language)
  if ('failed' in started) return again({ [started.failed]: started.message })
  return c.redirect(`/contacts/tests/${started.id}`, 303)
})

careRoutes.get('/contacts/tests/:id', async (c) =>
  page(c, <TestPage test={await readTest(c.var.tools, readerOf(c), c.req.param('id'))} />),
)

async function reachNow({ db, clock }: Pick<Tools, 'db' | 'clock'>) {
  const [all, untested] = await Promise.all([reachOfTest(db, 'all', clock()), reachOfTest(db, 'untested', clock())])
  return { all, untested }
}
