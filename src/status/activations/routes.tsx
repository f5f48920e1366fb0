import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Mode } from '#ground/db/tables.ts'
import { dayAt } from '#ground/html/day.tsx'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { NotAllowed } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { ActivationsPage } from './activations-page.tsx'
import { CorrectionForm, EntryForm, entryMessages, fieldOf } from './entry-form.ts'
import { EntryPage, type EntryPageProps } from './entry-page.tsx'
import { historyColumns } from './history-columns.ts'
import { showMarket } from './market-routes.tsx'
import { NewEntryPage } from './new-entry-page.tsx'
import { putCorrection, putForward } from './put-forward.ts'
import {
  allBodies,
  bodyOf,
  criterionOn,
  criterionVersions,
  history,
  notConfirmed,
  readEntry,
  standingOf,
  statesAt,
} from './queries.ts'
import { marketIn, ruleRoutes } from './rule-routes.tsx'
import { confirmEntry, type NotSettled, withdrawEntry } from './settle.ts'
import { sideOf } from './sides.ts'
import { activationTexts } from './texts.tsx'

const per_page = 30

export const activationRoutes = new Hono<AppEnv>()
activationRoutes.route('/', ruleRoutes)

activationRoutes.get('/activations', async (c) => {
  const { db, clock } = c.var.tools
  const now = clock()
  const drills = [...(await statesAt(db, 'exercise', now)), ...(await statesAt(db, 'test', now))]
  return page(
    c,
    <ActivationsPage
      states={await statesAt(db, 'actual', now)}
      drills={drills.filter(({ last, coming }) => last !== null || coming.length > 0)}
      bodies={await allBodies(db)}
      waiting={await notConfirmed(db, null).execute()}
      found={await paged(history(db), partAsked(c), per_page)}
    />,
  )
})

activationRoutes.get('/activations.csv', async (c) => {
  const { tools, language } = c.var
  return csv(c, {
    name: activationTexts[language].title,
    columns: historyColumns(language),
    rows: await history(tools.db).limit(csv_rows_max).execute(),
    label: () => labelOf.activation,
  })
})

activationRoutes.get('/activations/markets/:market', (c) => showMarket(c, marketIn(c)))

activationRoutes.get('/activations/markets/:market/entries/new', async (c) => {
  const market = marketIn(c)
  const situation = c.var.open.find(({ id }) => id === c.req.query('situation'))
  const mode = situation?.mode ?? modeIn(c.req.query('mode'))
  return newEntryPage(c, market, mode, { values: situation ? { situation_id: situation.id } : {} })
})

activationRoutes.post('/activations/markets/:market/entries', async (c) => {
  const by = readerOf(c)
  const market = marketIn(c)
  const { tools, language } = c.var
  await sideFor(c, market)
  const values = await formValues(c.req.raw)
  const mode = modeIn(values.mode)
  const form = EntryForm(language).safeParse(values)
  if (!form.success) {
    // A form without its key is a form without a first press: it gets one now.
    const { id: key, ...problems } = problemsOf(form.error)
    return newEntryPage(c, market, mode, { values: key ? { ...values, id: '' } : values, problems, code: 422 })
  }
  const put = await putForward(tools, by, market, form.data)
  if ('id' in put) return c.redirect(`/activations/${put.id}`, 303)
  const { failed } = put
  if (failed === 'waiting' || failed === 'no_body')
    return newEntryPage(c, market, mode, { values, refused: failed, code: 409 })
  const name = failed === 'criterion' ? 'criterion_version' : failed === 'situation' ? 'situation_id' : fieldOf[failed]
  return newEntryPage(c, market, mode, { values, problems: { [name]: entryMessages[language][failed] }, code: 422 })
})

activationRoutes.get('/activations/:id', (c) => showEntry(c, c.req.param('id')))

activationRoutes.post('/activations/:id/confirmation', async (c) => {
  const id = c.req.param('id')
  return answered(c, await confirmEntry(c.var.tools, readerOf(c), id), id)
})

activationRoutes.post('/activations/:id/withdrawal', async (c) => {
  const id = c.req.param('id')
  return answered(c, await withdrawEntry(c.var.tools, readerOf(c), id), id)
})

activationRoutes.post('/activations/:id/correction', async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  const { market } = await readEntry(c.var.tools.db, id)
  await sideFor(c, market)
  const values = await formValues(c.req.raw)
  const form = CorrectionForm(c.var.language).safeParse(values)
  if (!form.success) {
    const { id: key, ...problems } = problemsOf(form.error)
    return showEntry(c, id, { values: key ? { ...values, id: '' } : values, problems }, 422)
  }
  const put = await putCorrection(c.var.tools, by, id, form.data)
  if ('id' in put) return c.redirect(`/activations/${put.id}`, 303)
  return showEntry(c, id, { values, refused: put.failed }, 409)
})

const answered = (c: Context<AppEnv>, done: { id: string } | NotSettled, id: string) =>
  'failed' in done ? showEntry(c, id, { refused: done.failed }, 409) : c.redirect(`/activations/${id}`, 303)

const modeIn = (text: string | undefined): Mode => (text === 'exercise' || text === 'test' ? text : 'actual')

/** Who decides for a market, and on which side the reader is; 403 for who is on neither. */
async function sideFor(c: Context<AppEnv>, market: string) {
  const by = readerOf(c)
  const body = await bodyOf(c.var.tools.db, market)
  const side = sideOf(by, body ?? { institution_id: '' })
  if (!side) throw new NotAllowed(`${by.id} may not enter for ${market}`)
  return { body, side }
}

type Again = Partial<Pick<Parameters<typeof NewEntryPage>[0], 'problems' | 'refused'>> & {
  values: Record<string, string>
  code?: 409 | 422
}

async function newEntryPage(c: Context<AppEnv>, market: string, mode: Mode, { values, code, ...again }: Again) {
  const { db, clock } = c.var.tools
  const { body, side } = await sideFor(c, market)
  // Without somebody who decides there is nothing to enter: the market's page says what to do.
  if (!body) return c.redirect(`/activations/markets/${market}`, 303)
  const now = clock()
  const state = (await statesAt(db, mode, now)).find((each) => each.market === market)
  if (!state) throw new Error(`${market} has no state`)
  const criteria = await criterionVersions(db, market)
  const [last] = state.standing
  const usual = {
    step: last?.step === 'activated' ? 'lifted' : 'activated',
    criterion_version: String(criterionOn(criteria, dayAt(now))?.version ?? ''),
  }
  return page(
    c,
    <NewEntryPage
      {...{ body, side, state, criteria, ...again }}
      values={{ ...usual, ...values, id: values.id || randomUUID() }}
      situations={c.var.open.filter((each) => each.mode === mode)}
      waiting_id={again.refused && (await waitingId(c, market, mode))}
    />,
    code ?? 200,
  )
}

const waitingId = async (c: Context<AppEnv>, market: string, mode: Mode) =>
  (await notConfirmed(c.var.tools.db, null, market).where('activation.mode', '=', mode).executeTakeFirst())?.id

async function showEntry(
  c: Context<AppEnv>,
  id: string,
  again: Pick<EntryPageProps, 'values' | 'problems' | 'refused'> = {},
  code: 200 | 409 | 422 = 200,
) {
  const { db } = c.var.tools
  const entry = await readEntry(db, id)
  const { market, mode, criterion_version } = entry
  const criteria = criterion_version === null ? [] : await criterionVersions(db, market)
  const [last] = await standingOf(db, market, mode)
  return page(
    c,
    <EntryPage
      entry={entry}
      criterion={criteria.find(({ version }) => version === criterion_version) ?? null}
      body={(await bodyOf(db, market)) ?? null}
      is_last={last?.id === id}
      key_of_correction={randomUUID()}
      {...again}
      waiting_id={again.refused === 'waiting' ? await waitingId(c, market, mode) : undefined}
    />,
    code,
  )
}
