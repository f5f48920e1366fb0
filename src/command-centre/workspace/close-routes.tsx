import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { languagesProblem, partedLanguages } from '#public/publication/index.ts'
import { differences } from '#public/site/index.ts'
import { readBoard } from '#status/board/index.ts'
import { viewInForce } from '#status/member-view/index.ts'
import { overtakenIn, readSituation } from '#status/situations/index.ts'
import { CloseCheckPage } from './close-check-page.tsx'
import { ClosePage } from './close-page.tsx'
import { CloseForm, closeSituation, previewClose, usualClosing } from './close-situation.ts'
import { closingEffect } from './closing-effect.ts'
import { boardReaders } from './queries.ts'
import { ReturnPage } from './return-page.tsx'

/** The two acts that end or open much at once; each shows that in numbers first. */
export const closeRoutes = new Hono<AppEnv>()

closeRoutes.get('/situations/:id/return', async (c) => {
  must(readerOf(c), 'situation.change')
  const { db, clock } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  if (situation.closed_at || situation.returned_at) return c.redirect(`/situations/${situation.id}`, 303)
  const { id: situation_id, mode } = situation
  const now = clock()
  const [board, institutions, shown] = [
    await readBoard(db, { situation_id, mode, now }),
    await boardReaders(db, situation),
    await viewInForce(db, now),
  ]
  return page(c, <ReturnPage {...{ situation, board, institutions, shown }} />)
})

closeRoutes.get('/situations/:id/close', async (c) => {
  must(readerOf(c), 'situation.close')
  return closePage(c, {})
})

// It publishes, and asks for the same proof as every publication. The first time it is the check, and closes nothing.
closeRoutes.post('/situations/:id/close', confirmed('situation.close'), async (c) => {
  const { tools, language } = c.var
  const id = c.req.param('id')
  const values = await formValues(c.req.raw)
  const form = CloseForm(language).safeParse(values)
  if (!form.success) return closePage(c, { values, problems: problemsOf(form.error) })
  if (values.revise) return closePage(c, { values })
  const { seen } = values
  if (!seen) return checkPage(c, values, form.data)
  const may_part = values.languages === 'yes'
  const came_to = await closeSituation(tools, readerOf(c), id, form.data, { seen, may_part })
  if (came_to === 'closed') return c.redirect(`/situations/${id}`, 303)
  return came_to === 'overtaken' ? overtaken(c, id, values) : checkPage(c, values, form.data, came_to)
})

const usual: readonly string[] = Object.values(usualClosing)

/** The second of two who close reads what the first said, and keeps what they wrote themselves. */
function overtaken(c: Context<AppEnv>, id: string, values: Record<string, string> = {}) {
  const { closing_reason = '', closing_ja = '', closing_en = '' } = values
  const typed = Object.entries({ closing_reason, closing_ja, closing_en })
  return overtakenIn(c, id, { act: 'close', typed: typed.filter(([, said]) => !usual.includes(said)) })
}

type Written = { values?: Record<string, string>; problems?: Problems }

async function closePage(c: Context<AppEnv>, written: Written) {
  const { db, clock } = c.var.tools
  const situation = await readSituation(db, c.req.param('id') ?? '')
  if (situation.closed_at) return overtaken(c, situation.id, written.values)
  const effect = await closingEffect(db, situation, clock())
  return page(c, <ClosePage situation={situation} effect={effect} {...written} />, written.problems ? 422 : 200)
}

async function checkPage(
  c: Context<AppEnv>,
  values: Record<string, string>,
  form: CloseForm,
  failed?: 'changed' | 'languages',
) {
  const { tools, language } = c.var
  const situation = await readSituation(tools.db, c.req.param('id') ?? '')
  if (situation.closed_at) return overtaken(c, situation.id, values)
  const { effect, change, seen } = await previewClose(tools, situation, form)
  const said = { text_ja: form.closing_ja, text_en: form.closing_en }
  return page(
    c,
    <CloseCheckPage
      situation={situation}
      effect={effect}
      values={values}
      differences={change && differences(change.before, change.after, language)}
      said={said}
      parted={partedLanguages(usualClosing, said)}
      seen={seen}
      has_changed={failed === 'changed'}
      problems={failed === 'languages' ? languagesProblem[language] : {}}
    />,
    failed === 'changed' ? 409 : failed === 'languages' ? 422 : 200,
  )
}
