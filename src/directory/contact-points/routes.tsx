import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { must, mustIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { EditPointPage, valuesOf } from './edit-page.tsx'
import { PointsPage, pointColumns } from './list-page.tsx'
import { movePlace } from './move-place.ts'
import { PlaceForm, PointForm } from './point-form.ts'
import { PointPage } from './point-page.tsx'
import { listPoints, placesOf, readPoint, type SoughtPoints } from './queries.ts'
import { savePoint } from './save-point.ts'
import { pointTexts } from './texts.ts'
import { places, pointWords } from './words.ts'

/** So many lines of long names are still loaded well within 14 KB. */
const per_page = 25
const words_max = 8

export const contactPointRoutes = new Hono<AppEnv>()

contactPointRoutes.get('/contact-points', async (c) => {
  must(readerOf(c), 'situation.see')
  const sought = soughtIn(c)
  return page(c, <PointsPage found={await paged(found(c, sought), partAsked(c), per_page)} sought={sought} />)
})

contactPointRoutes.get('/contact-points.csv', async (c) => {
  must(readerOf(c), 'situation.see')
  const { tools, language } = c.var
  return csv(c, {
    name: pointWords[language].title,
    columns: pointColumns(language, tools.clock()),
    rows: await found(c, soughtIn(c)).limit(csv_rows_max).execute(),
    label: () => labelOf.contact_point,
  })
})

contactPointRoutes.get('/contact-points/:id', async (c) => {
  must(readerOf(c), 'situation.see')
  const done = (['saved', 'moved'] as const).find((each) => each === c.req.query('done'))
  return page(c, <PointPage {...(await pointOf(c))} values={{}} done={done} />)
})

contactPointRoutes.get('/contact-points/:id/edit', async (c) => {
  mustIn(readerOf(c), 'contact-point.edit', c.req.param('id'))
  const point = await readPoint(c.var.tools.db, c.req.param('id'))
  return page(c, <EditPointPage point={point} values={valuesOf(point)} />)
})

contactPointRoutes.post('/contact-points/:id', async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  mustIn(by, 'contact-point.edit', id)
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const form = PointForm(language).safeParse(values)
  if (!form.success) {
    const point = await readPoint(tools.db, id)
    return page(c, <EditPointPage point={point} values={values} problems={problemsOf(form.error)} />, 422)
  }
  const saved = await savePoint(tools, by, id, form.data)
  if (!saved.failed) return c.redirect(`/contact-points/${id}?done=saved`, 303)
  const point = await readPoint(tools.db, id)
  if (saved.failed === 'personal') {
    const problems = Object.fromEntries(saved.fields.map((field) => [field, pointTexts[language].personal]))
    return page(c, <EditPointPage point={point} values={values} problems={problems} />, 422)
  }
  // With the newest version in the form, so that who has now seen it may go on.
  const now_seen = { ...values, version: String(point.point_version ?? 0) }
  return page(c, <EditPointPage point={point} values={now_seen} is_outdated />, 409)
})

contactPointRoutes.post('/contact-points/:id/place', async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  mustIn(by, 'contact-point.edit', id)
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const form = PlaceForm(language, tools.clock()).safeParse(values)
  if (!form.success)
    return page(c, <PointPage {...(await pointOf(c))} values={values} problems={problemsOf(form.error)} />, 422)
  const moved = await movePlace(tools, by, id, form.data)
  if (moved.failed) return page(c, <PointPage {...(await pointOf(c))} values={values} is_outdated />, 409)
  return c.redirect(`/contact-points/${id}?done=moved`, 303)
})

async function pointOf(c: Context<AppEnv>) {
  const { db } = c.var.tools
  const id = c.req.param('id') ?? ''
  return { point: await readPoint(db, id), places: await placesOf(db, id) }
}

const soughtIn = (c: Context<AppEnv>): SoughtPoints => ({
  q: (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, 100),
  place: places.find((place) => place === c.req.query('place')) ?? null,
})

/** The words are folded by the database, as what it keeps. */
function found(c: Context<AppEnv>, sought: SoughtPoints) {
  const { db, clock } = c.var.tools
  const words = sought.q
    .normalize('NFKC')
    .split(/[\s、,]+/)
    .filter(Boolean)
    .slice(0, words_max)
  return listPoints(db, sought, words, clock())
}
