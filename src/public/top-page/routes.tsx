import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { TopPageEditor } from './edit-page.tsx'
import { newestTopPage, topPageVersions } from './queries.ts'
import { saveTopPage } from './save-top-page.ts'
import { TopPageForm, valuesOf } from './top-page-form.ts'

export const topPageRoutes = new Hono<AppEnv>()

topPageRoutes.get('/top-page', async (c) => {
  must(readerOf(c), 'top-page.edit')
  return editor(c, valuesOf(await saved(c)))
})

topPageRoutes.post('/top-page', async (c) => {
  const by = readerOf(c)
  must(by, 'top-page.edit')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const form = TopPageForm(language).safeParse(values)
  if (!form.success) return editor(c, values, { problems: problemsOf(form.error) }, 422)
  const done = await saveTopPage(tools, by, form.data)
  if (!done.failed) return c.redirect('/top-page', 303)
  const newer = valuesOf(await saved(c))
  // With the newest version in the form, so that who has now seen it may go on.
  return editor(c, { ...values, version: newer.version ?? '0' }, { newer }, 409)
})

async function saved(c: Context<AppEnv>) {
  const newest = await newestTopPage(c.var.tools.db)
  return newest
}

async function editor(
  c: Context<AppEnv>,
  values: Record<string, string>,
  more: Pick<Parameters<typeof TopPageEditor>[0], 'problems' | 'newer'> = {},
  code: 200 | 409 | 422 = 200,
) {
  const versions = await topPageVersions(c.var.tools.db)
  return page(c, <TopPageEditor values={values} versions={versions} {...more} />, code)
}
