import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { confirmed } from '#access/sign-in/index.ts'
import { formLists, formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { differences } from '#public/site/index.ts'
import { statesAt } from '#status/activations/index.ts'
import { currentReports } from '#status/board/index.ts'
import { overtakenIn, readSituation } from '#status/situations/index.ts'
import { CheckPage } from './check-page.tsx'
import { publishableFunctions } from './draft.ts'
import { languagesProblem } from './languages.tsx'
import { type Chosen, PublicationFormPage } from './pages.tsx'
import { notExpressly, PublicationForm } from './publication-form.ts'
import { PublicationPage } from './publication-page.tsx'
import { preview, publish, seenNumber } from './publish.ts'
import { latestSnapshot } from './publish-snapshot.ts'
import { correctorOf, lastPublication, publishedSince, readPublication } from './queries.ts'

export const publicationRoutes = new Hono<AppEnv>()

/** A part that is switched off is not there. */
publicationRoutes.use('/situations/:id/:part{publications?(?:/check)?}', async (c, next) => {
  if (c.var.tools.config.off.includes('publication')) throw new NotFound('publication is switched off')
  must(readerOf(c), 'publication.publish')
  await next()
})

// GET shows the form as last published; POST comes back to it from the check with the person's own words.
publicationRoutes.on(['GET', 'POST'], '/situations/:id/publication', async (c) => {
  const posted = c.req.method === 'POST' ? await chosenIn(c.req.raw) : null
  return formPage(c, c.req.param('id'), posted)
})

publicationRoutes.post('/situations/:id/publication/check', confirmed('publication.publish'), async (c) =>
  checkPage(c, c.req.param('id'), await chosenIn(c.req.raw)),
)

publicationRoutes.post('/situations/:id/publications', confirmed('publication.publish'), async (c) => {
  const { tools, language } = c.var
  const id = c.req.param('id')
  const chosen = await chosenIn(c.req.raw)
  const form = parse(chosen, language, tools.clock())
  if (!form.success) return formPage(c, id, chosen, problemsOf(form.error))
  const { seen = '', idempotency_key = '' } = chosen.values
  if (!z.uuid().safeParse(idempotency_key).success) throw new HTTPException(422)
  const may_part = chosen.values.languages === 'yes'
  const published = await publish(tools, readerOf(c), id, form.data, { seen, idempotency_key, may_part })
  if ('id' in published) return c.redirect(`/publications/${published.id}`, 303)
  if (published.failed === 'closed') return overtaken(c, id, chosen, 'publish')
  if (published.failed === 'gathering') return formPage(c, id, chosen, notExpressly(language))
  return checkPage(c, id, chosen, published.failed)
})

publicationRoutes.get('/publications/:id', async (c) => {
  must(readerOf(c), 'publication.see')
  const { db } = c.var.tools
  const publication = await readPublication(db, c.req.param('id'))
  const is_latest = (await latestSnapshot(db, publication.mode)).number === publication.number
  const corrected_by = await correctorOf(db, publication)
  return page(c, <PublicationPage publication={publication} is_latest={is_latest} corrected_by={corrected_by} />)
})

type Asked = Parameters<typeof page>[0]

const overtaken = (c: Asked, id: string, { values }: Chosen, act: 'check' | 'publish') =>
  overtakenIn(c, id, { act, typed: Object.entries({ text_ja: values.text_ja ?? '', text_en: values.text_en ?? '' }) })

async function formPage(c: Asked, id: string, posted: Chosen | null, problems?: Record<string, string>) {
  const { db, clock } = c.var.tools
  const situation = await readSituation(db, id)
  if (situation.closed_at) return overtaken(c, id, posted ?? { values: {}, lists: {} }, 'check')
  const now = clock()
  const rows = await currentReports(db, { situation_id: id, mode: situation.mode, now })
  const functions = publishableFunctions(rows, now)
  const before = (await latestSnapshot(db, situation.mode)).situations.find((each) => each.id === id)
  const last = await lastPublication(db, id)
  const chosen = posted ?? {
    values: before
      ? { text_ja: before.text_ja, text_en: before.text_en, ...(before.participants && { participants: 'yes' }) }
      : {},
    lists: {
      functions: before
        ? before.functions.map(({ market, function_code }) => `${market}:${function_code}`)
        : functions
            // Of what a gathering has not asked, nothing is offered: “unknown” would only alarm.
            .filter(({ worst }) => situation.centre_set_up_at || worst !== 'not_asked')
            .map(({ market, function_code }) => `${market}:${function_code}`),
      institutions: last?.institutions ?? [],
      activations: before?.activations.map(({ market }) => market) ?? [],
    },
  }
  return page(
    c,
    <PublicationFormPage
      situation={situation}
      rows={rows}
      functions={functions}
      bcps={await statesAt(db, situation.mode, now)}
      chosen={chosen}
      was_published={before !== undefined}
      {...(problems && { problems })}
    />,
    problems ? 422 : 200,
  )
}

async function checkPage(c: Asked, id: string, chosen: Chosen, failed?: 'changed' | 'languages') {
  const { tools, language } = c.var
  const form = parse(chosen, language, tools.clock())
  if (!form.success) return formPage(c, id, chosen, problemsOf(form.error))
  const situation = await readSituation(tools.db, id)
  if (situation.closed_at) return overtaken(c, id, chosen, 'check')
  if (!situation.centre_set_up_at && !form.data.of_gathering) return formPage(c, id, chosen, notExpressly(language))
  const number = failed === 'changed' ? seenNumber(chosen.values.seen ?? '') : null
  const between = number === null ? [] : await publishedSince(tools.db, situation.mode, number)
  const { before, after, ...found } = await preview(tools, readerOf(c), id, form.data)
  return page(
    c,
    <CheckPage
      situation={situation}
      chosen={chosen}
      differences={differences(before, after, language)}
      said={after}
      {...found}
      has_changed={failed === 'changed'}
      between={between}
      problems={failed === 'languages' ? languagesProblem[language] : {}}
    />,
    failed === 'changed' ? 409 : failed === 'languages' ? 422 : 200,
  )
}

const listed = ['functions', 'institutions', 'activations']

async function chosenIn(request: Request): Promise<Chosen> {
  const form = await readForm(request)
  const lists = await formLists(form)
  return { values: await formValues(form), lists: Object.fromEntries(listed.map((name) => [name, lists[name] ?? []])) }
}

const parse = ({ values, lists }: Chosen, language: Parameters<typeof PublicationForm>[0], now: Date) =>
  PublicationForm(language, now).safeParse({ ...values, ...lists })
