import { Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DistrictsPage } from './districts-page.tsx'
import { listDistrictsOfMarket } from './registry-queries.ts'
import { DistrictForm, districtMessages, saveDistrict } from './save-district.ts'

export const districtRoutes = new Hono<AppEnv>()

districtRoutes.get('/districts', async (c) => {
  must(readerOf(c), 'institution.edit')
  const districts = await listDistrictsOfMarket(c.var.tools.db)
  return page(c, <DistrictsPage districts={districts} changed={c.req.query('change') ?? null} />)
})

districtRoutes.post('/districts', async (c) => {
  const by = readerOf(c)
  must(by, 'institution.edit')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const again = async (problems: Record<string, string>, status: 409 | 422 = 422) => {
    const districts = await listDistrictsOfMarket(tools.db)
    const changed = values.version && values.version !== '0' ? (values.code ?? null) : null
    return page(c, <DistrictsPage {...{ districts, changed, values, problems }} />, status)
  }
  const form = DistrictForm(language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const saved = await saveDistrict(tools, by, form.data)
  const say = districtMessages[language]
  if (saved.failed === 'outdated') return again({ name_ja: say.outdated }, 409)
  if (saved.failed) return again({ [saved.failed]: say.taken(saved.other) })
  return c.redirect('/districts', 303)
})
