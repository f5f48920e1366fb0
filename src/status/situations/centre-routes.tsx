import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DissolvePage, SetUpPage } from './centre-pages.tsx'
import { centreActs, centreOf } from './command-centre-acts.ts'
import { dissolveCentre, dissolvingEffect } from './dissolve-centre.ts'
import { filledByReason } from './opening-reasons.ts'
import { overtakenIn } from './overtaken.tsx'
import { activeCriteria, readSituation } from './queries.ts'
import { setUpCentre } from './set-up-centre.ts'
import { DissolveForm, SetUpForm } from './situation-form.ts'

/** The command centre of a situation that is open: set up, and dissolved, each an act of its own. */
export const centreRoutes = new Hono<AppEnv>()

centreRoutes.get('/situations/:id/command-centre', async (c) => {
  must(readerOf(c), 'command-centre.set-up')
  return setUpPage(c, {})
})

centreRoutes.post('/situations/:id/command-centre', async (c) => {
  const by = readerOf(c)
  must(by, 'command-centre.set-up')
  const { tools, language } = c.var
  const id = c.req.param('id')
  const values = await formValues(c.req.raw)
  const criteria = await activeCriteria(tools.db)
  const form = SetUpForm(language).safeParse(filledByReason('command_centre', values, language, criteria))
  if (!form.success) return setUpPage(c, { values, problems: problemsOf(form.error) })
  const { failed } = await setUpCentre(tools, by, id, form.data)
  if (failed) return overtaken(c, id, 'set_up', values)
  return c.redirect(`/situations/${id}`, 303)
})

centreRoutes.get('/situations/:id/command-centre/dissolution', async (c) => {
  must(readerOf(c), 'command-centre.dissolve')
  return dissolvePage(c, {})
})

centreRoutes.post('/situations/:id/command-centre/dissolution', async (c) => {
  const by = readerOf(c)
  must(by, 'command-centre.dissolve')
  const { tools, language } = c.var
  const id = c.req.param('id')
  const values = await formValues(c.req.raw)
  const form = DissolveForm(language).safeParse(filledByReason('dissolution', values, language))
  if (!form.success) return dissolvePage(c, { values, problems: problemsOf(form.error) })
  const { failed } = await dissolveCentre(tools, by, id, form.data)
  if (failed && failed !== 'none') return overtaken(c, id, 'dissolve', values)
  return c.redirect(`/situations/${id}`, 303)
})

type Told = { values?: Record<string, string>; problems?: Problems }

async function setUpPage(c: Context<AppEnv>, { values = {}, problems }: Told) {
  const { db } = c.var.tools
  const situation = await readSituation(db, c.req.param('id') ?? '')
  if (situation.closed_at || centreOf(situation) === 'set_up') return overtaken(c, situation.id, 'set_up', values)
  const criteria = await activeCriteria(db)
  return page(c, <SetUpPage {...{ situation, values, criteria }} problems={problems ?? {}} />, problems ? 422 : 200)
}

async function dissolvePage(c: Context<AppEnv>, { values = {}, problems }: Told) {
  const { db } = c.var.tools
  const situation = await readSituation(db, c.req.param('id') ?? '')
  if (situation.closed_at || centreOf(situation) !== 'set_up') return overtaken(c, situation.id, 'dissolve', values)
  const effect = await dissolvingEffect(db, situation.id)
  return page(c, <DissolvePage {...{ situation, values, effect }} problems={problems ?? {}} />, problems ? 422 : 200)
}

/** Tells the second of two what the first did, and gives back their words. */
async function overtaken(
  c: Context<AppEnv>,
  id: string,
  act: 'set_up' | 'dissolve',
  { reason = '' }: Record<string, string>,
) {
  const last = (await centreActs(c.var.tools.db, id)).at(-1)
  return overtakenIn(c, id, {
    act,
    typed: [['reason', reason]],
    centre: last && {
      what: last.act === 'dissolved' ? 'dissolved' : 'set_up',
      who: { name_ja: last.done_by_ja, name_en: last.done_by_en ?? last.done_by_ja },
      at: last.done_at,
      reason: last.reason,
    },
  })
}
