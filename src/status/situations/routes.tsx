import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { centreRoutes } from './centre-routes.tsx'
import { changePhase } from './change-phase.ts'
import { changesOf } from './changes.ts'
import { SituationsPage } from './list-page.tsx'
import { openingRoutes } from './opening-routes.tsx'
import { overtakenIn } from './overtaken.tsx'
import { allSituations, readSituation } from './queries.ts'
import { returnBoard } from './return-board.ts'
import { ReviewForm, reviewChanges } from './review-changes.ts'
import { ReviewPage } from './review-page.tsx'

const per_page = 50

export const situationRoutes = new Hono<AppEnv>()

situationRoutes.get('/situations', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const found = await paged(allSituations(c.var.tools.db), partAsked(c), per_page)
  return page(c, <SituationsPage found={found} may_open={may(by, 'command-centre.set-up')} />)
})

situationRoutes.route('/', openingRoutes)
situationRoutes.route('/', centreRoutes)

situationRoutes.post('/situations/:id/phase', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.change')
  const { phase } = await formValues(c.req.raw)
  if (phase !== 'emergency' && phase !== 'recovery') throw new HTTPException(422)
  const { failed } = await changePhase(c.var.tools, by, c.req.param('id'), phase)
  // A gathering has no phases; no page offers them.
  if (failed === 'gathering') throw new HTTPException(422)
  if (failed) return overtakenIn(c, c.req.param('id'), { act: phase })
  return c.redirect(`/situations/${c.req.param('id')}`, 303)
})

situationRoutes.post('/situations/:id/return', async (c) => {
  const { failed } = await returnBoard(c.var.tools, readerOf(c), c.req.param('id'))
  if (failed) return overtakenIn(c, c.req.param('id'), { act: 'return' })
  return c.redirect(`/situations/${c.req.param('id')}`, 303)
})

situationRoutes.get('/situations/:id/review', async (c) => {
  must(readerOf(c), 'situation.change')
  return reviewPage(c)
})

situationRoutes.post('/situations/:id/review', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.change')
  const values = await formValues(c.req.raw)
  const form = ReviewForm(c.var.language).safeParse(values)
  if (!form.success) return reviewPage(c, { values, problems: problemsOf(form.error) })
  const id = c.req.param('id')
  const { failed } = await reviewChanges(c.var.tools, by, id, form.data)
  if (failed) return reviewPage(c, { values, is_overtaken: true })
  return c.redirect(`/situations/${id}`, 303)
})

type Reviewed = Pick<Parameters<typeof ReviewPage>[0], 'values' | 'problems' | 'is_overtaken'>

async function reviewPage(c: Context<AppEnv, '/situations/:id/review'>, told: Reviewed = {}) {
  const { db, config } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  if (situation.closed_at) {
    const { title_ja = '', title_en = '' } = told.values ?? {}
    return overtakenIn(c, situation.id, { act: 'review', typed: Object.entries({ title_ja, title_en }) })
  }
  const may_publish = may(readerOf(c), 'publication.publish') && !config.off.includes('publication')
  return page(
    c,
    <ReviewPage {...{ situation, may_publish, ...told }} changes={await changesOf(db, [situation.id])} />,
    told.problems ? 422 : told.is_overtaken ? 409 : 200,
  )
}
