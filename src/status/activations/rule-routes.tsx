import { type Context, Hono } from 'hono'
import { dayAt } from '#ground/html/day.tsx'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { BodyForm, bodyMessages } from './body-form.ts'
import { addressOf, putBody, settleBody } from './change-body.ts'
import { showMarket } from './market-routes.tsx'
import { type BodyNow, bodyOf, type CriterionVersion, criterionVersions } from './queries.ts'
import { EditBodyPage, EditCriterionPage } from './rule-pages.tsx'
import { CriterionForm, saveCriterion } from './save-criterion.ts'
import { isBcpMarket } from './words.ts'

/** By which criteria a market's BCP is activated, and who decides. */
export const ruleRoutes = new Hono<AppEnv>()
const of = '/activations/markets/:market'

ruleRoutes.get(`${of}/criterion`, async (c) => {
  must(readerOf(c), 'activation-criterion.edit')
  return criterionPage(c, marketIn(c), null)
})

ruleRoutes.post(`${of}/criterion`, async (c) => {
  const by = readerOf(c)
  must(by, 'activation-criterion.edit')
  const market = marketIn(c)
  const values = await formValues(c.req.raw)
  const form = CriterionForm(c.var.language).safeParse(values)
  if (!form.success) return criterionPage(c, market, values, { problems: problemsOf(form.error), code: 422 })
  const { failed } = await saveCriterion(c.var.tools, by, market, form.data)
  if (failed) return criterionPage(c, market, values, { outdated: true, code: 409 })
  return c.redirect(addressOf(market), 303)
})

ruleRoutes.get(`${of}/body`, async (c) => {
  must(readerOf(c), 'deciding-body.edit')
  return bodyPage(c, marketIn(c), null)
})

ruleRoutes.post(`${of}/body`, async (c) => {
  const by = readerOf(c)
  must(by, 'deciding-body.edit')
  const { tools, language } = c.var
  const market = marketIn(c)
  const values = await formValues(c.req.raw)
  const form = BodyForm(language).safeParse(values)
  if (!form.success) return bodyPage(c, market, values, { problems: problemsOf(form.error), code: 422 })
  const { failed } = await putBody(tools, by, market, form.data)
  if (!failed) return c.redirect(addressOf(market), 303)
  if (failed === 'institution')
    return bodyPage(c, market, values, { problems: { institution: bodyMessages[language].institution }, code: 422 })
  return bodyPage(
    c,
    market,
    values,
    failed === 'waiting' ? { is_waiting: true, code: 409 } : { outdated: true, code: 409 },
  )
})

ruleRoutes.post(`${of}/body/agreement`, (c) => settled(c, 'agreed'))
ruleRoutes.post(`${of}/body/removal`, (c) => settled(c, 'dropped'))

async function settled(c: Context<AppEnv>, outcome: 'agreed' | 'dropped') {
  const by = readerOf(c)
  must(by, 'deciding-body.edit')
  const market = marketIn(c)
  const { version = '' } = await formValues(c.req.raw)
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new NotFound(`deciding body ${version}`)
  const { failed } = await settleBody(c.var.tools, by, { market, version: Number(version) }, outcome)
  return failed ? showMarket(c, market, failed) : c.redirect(addressOf(market), 303)
}

/** The market that an address names. */
export function marketIn(c: Context<AppEnv>): string {
  const market = c.req.param('market') ?? ''
  if (!isBcpMarket(market)) throw new NotFound(`market ${market}`)
  return market
}

type Again = { problems?: Problems; outdated?: boolean; is_waiting?: boolean; code?: 409 | 422 }

/** With the newest version in the form of who was overtaken, so that who has now seen it may go on. */
async function criterionPage(
  c: Context<AppEnv>,
  market: string,
  typed: Record<string, string> | null,
  { code, ...again }: Again = {},
) {
  const [current] = await criterionVersions(c.var.tools.db, market)
  const values = typed ?? criterionValues(current, dayAt(c.var.tools.clock()))
  const seen = again.outdated || !typed ? { version: String(current?.version ?? 0) } : {}
  return page(c, <EditCriterionPage {...{ market, current, ...again }} values={{ ...values, ...seen }} />, code ?? 200)
}

async function bodyPage(
  c: Context<AppEnv>,
  market: string,
  typed: Record<string, string> | null,
  { code, ...again }: Again = {},
) {
  const current = await bodyOf(c.var.tools.db, market)
  const values = typed ?? bodyValues(current)
  const seen = again.outdated || !typed ? { version: String(current?.version ?? 0) } : {}
  return page(c, <EditBodyPage {...{ market, current, ...again }} values={{ ...values, ...seen }} />, code ?? 200)
}

const criterionValues = (current: CriterionVersion | undefined, today: string): Record<string, string> =>
  current
    ? {
        activating_ja: current.activating_ja,
        activating_en: current.activating_en,
        lifting_ja: current.lifting_ja,
        lifting_en: current.lifting_en,
        agreed_with_ja: current.agreed_with_ja,
        agreed_with_en: current.agreed_with_en,
        effective_on: today,
      }
    : { effective_on: today }

const bodyValues = (current: BodyNow | undefined): Record<string, string> =>
  current
    ? {
        institution: current.code,
        body_ja: current.body_ja,
        body_en: current.body_en,
        procedure_ja: current.procedure_ja,
        procedure_en: current.procedure_en,
      }
    : {}
