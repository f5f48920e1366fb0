import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { confirmed } from '#access/sign-in/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { languagesProblem, partedLanguages, previewReopening } from '#public/publication/index.ts'
import { differences } from '#public/site/index.ts'
import {
  centreOf,
  type OvertakenAct,
  overtakenIn,
  readSituation,
  wasDissolvedByClosing,
} from '#status/situations/index.ts'
import { agreeReopening, dropReopening } from './agree-reopening.ts'
import { askReopening } from './ask-reopening.ts'
import { reopeningState, waitingReopening } from './queries.ts'
import { ReopeningForm, usualWords } from './reopening-form.ts'
import { ReopeningPage } from './reopening-page.tsx'

export const reopeningRoutes = new Hono<AppEnv>()
const here = '/situations/:id/reopening'

reopeningRoutes.get(here, async (c) => {
  must(readerOf(c), 'situation.reopen')
  return reopeningPage(c, 'ask_reopening', {})
})

reopeningRoutes.post(here, async (c) => {
  const by = readerOf(c)
  must(by, 'situation.reopen')
  const values = await formValues(c.req.raw)
  const form = ReopeningForm(c.var.language).safeParse(values)
  if (!form.success) return reopeningPage(c, 'ask_reopening', { values, problems: problemsOf(form.error) }, 422)
  const may_part = values.languages === 'yes'
  const asked = await askReopening(c.var.tools, by, c.req.param('id'), form.data, { may_part })
  if ('id' in asked) return c.redirect(`/situations/${c.req.param('id')}/reopening`, 303)
  if (asked.failed !== 'languages') return reopeningPage(c, 'ask_reopening', { values, refused: asked.failed }, 409)
  const parted = partedLanguages(usualWords, form.data)
  return reopeningPage(c, 'ask_reopening', { values, parted, problems: languagesProblem[c.var.language] }, 422)
})

// It publishes, and asks for the same proof as every publication.
reopeningRoutes.post(`${here}/agreement`, confirmed('situation.reopen'), async (c) => {
  const id = await requestIn(c)
  const agreed = await agreeReopening(c.var.tools, readerOf(c), c.req.param('id'), id)
  return 'id' in agreed
    ? c.redirect(`/situations/${c.req.param('id')}`, 303)
    : reopeningPage(c, 'agree_reopening', { refused: agreed.failed }, 409)
})

reopeningRoutes.post(`${here}/removal`, async (c) => {
  must(readerOf(c), 'situation.reopen')
  const id = await requestIn(c)
  const { failed } = await dropReopening(c.var.tools, readerOf(c), c.req.param('id'), id)
  if (failed) return reopeningPage(c, 'drop_reopening', { refused: failed }, 409)
  return c.redirect(`/situations/${c.req.param('id')}`, 303)
})

/** The request that a form is about. */
async function requestIn(c: Context<AppEnv>): Promise<string> {
  const { id } = await formValues(c.req.raw)
  if (!z.uuid().safeParse(id).success) throw new HTTPException(422)
  return id ?? ''
}

type Shown = Partial<Pick<Parameters<typeof ReopeningPage>[0], 'values' | 'parted' | 'problems' | 'refused'>>

async function reopeningPage(c: Context<AppEnv>, act: OvertakenAct, shown: Shown, status: 200 | 409 | 422 = 200) {
  const { tools, language } = c.var
  const situation = await readSituation(tools.db, c.req.param('id') ?? '')
  if (!situation.closed_at) return reopened(c, situation.id, act, shown.values)
  const waiting = (await waitingReopening(tools.db, situation.id)) ?? null
  const restores = await wasDissolvedByClosing(tools.db, situation.id)
  const then = { ...situation, ...(restores && { centre_dissolved_at: null }) }
  const change = await previewReopening(tools, then, waiting ?? usualWords)
  return page(
    c,
    <ReopeningPage
      situation={situation}
      centre={centreOf(then)}
      waiting={waiting}
      differences={change && differences(change.before, change.after, language)}
      {...shown}
      values={{ id: randomUUID(), ...shown.values }}
    />,
    status,
  )
}

/** It is open again already. Whose own request that was has lost nothing, and is led there. */
async function reopened(c: Context<AppEnv>, id: string, act: OvertakenAct, values: Record<string, string> = {}) {
  const last = await reopeningState(c.var.tools.db, id)
  if (!last?.decided_at || last.id === values.id) return c.redirect(`/situations/${id}`, 303)
  const { decided_by_ja, decided_by_en, decided_at: at, reason } = last
  const usual: readonly string[] = Object.values(usualWords)
  return overtakenIn(c, id, {
    act,
    typed: Object.entries(values).filter(([, said]) => !usual.includes(said)),
    reopened: { who: { name_ja: decided_by_ja ?? '', name_en: decided_by_en ?? '' }, at, reason },
  })
}
