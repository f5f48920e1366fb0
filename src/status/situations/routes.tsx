import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database } from '#ground/db/database.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { changedWords, overtaken } from '#hazards/proposals/index.ts'
import { changePhase } from './change-phase.ts'
import { changesOf } from './changes.ts'
import { drillBesideReal, openSituation, otherMode, SituationForm } from './open-situation.ts'
import { overtakenIn } from './overtaken.tsx'
import { OpenSituationPage, SituationsPage } from './pages.tsx'
import { activeCriteria, allSituations, openedFrom, proposalForForm, readSituation } from './queries.ts'
import { returnBoard } from './return-board.ts'
import { ReviewForm, reviewChanges } from './review-changes.ts'
import { ReviewPage } from './review-page.tsx'

const per_page = 50

export const situationRoutes = new Hono<AppEnv>()

situationRoutes.get('/situations', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const found = await paged(allSituations(c.var.tools.db), partAsked(c), per_page)
  return page(c, <SituationsPage found={found} may_open={may(by, 'situation.open')} />)
})

situationRoutes.get('/command-centre/new', async (c) => {
  must(readerOf(c), 'situation.open')
  const { db } = c.var.tools
  const asked = c.req.query('proposal')
  const proposal = asked ? await proposalForForm(db, asked) : null
  if (proposal?.decision) return c.redirect(await decidedPage(db, proposal.id), 303)
  const criteria = await activeCriteria(db)
  const values: Record<string, string> = proposal
    ? {
        hazard: proposal.hazard,
        title_ja: proposal.title_ja,
        title_en: proposal.title_en,
        event_at: toCivilInput(proposal.event_at),
        criterion: firstMatch(proposal.matches),
      }
    : {}
  return page(c, <OpenSituationPage values={values} criteria={criteria} proposal={proposal} />)
})

situationRoutes.post('/situations', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.open')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const { proposal_id } = values
  const readProposal = async () => (proposal_id ? proposalForForm(tools.db, proposal_id) : null)
  const again = async (problems: Problems, status: 409 | 422 = 422) => {
    const [criteria, proposal] = [await activeCriteria(tools.db), await readProposal()]
    return page(
      c,
      <OpenSituationPage values={values} problems={problems} criteria={criteria} proposal={proposal} />,
      status,
    )
  }
  const form = SituationForm(language, tools.clock()).safeParse(values)
  if (!form.success) {
    const proposal = await readProposal()
    if (proposal?.decision) return overtaken(c, proposal.id, 'open', Object.entries(values))
    return again(problemsOf(form.error))
  }
  const opened = await openSituation(tools, by, form.data)
  if ('id' in opened) return c.redirect(`/situations/${opened.id}`, 303)
  if (opened.failed === 'changed' && proposal_id)
    return again({ title_ja: changedWords(language, await proposalForForm(tools.db, proposal_id)) }, 409)
  if (opened.failed === 'drill') return again(drillBesideReal(language))
  if (opened.failed === 'mode' || !proposal_id) return again(otherMode(language))
  return overtaken(c, proposal_id, 'open', Object.entries(values))
})

situationRoutes.post('/situations/:id/phase', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.change')
  const { phase } = await formValues(c.req.raw)
  if (phase !== 'emergency' && phase !== 'recovery') throw new HTTPException(422)
  const { failed } = await changePhase(c.var.tools, by, c.req.param('id'), phase)
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

/** Where a decided proposal leads: to the situation that was opened from it, else to its own page, which says why not. */
async function decidedPage(db: Database, proposal_id: string): Promise<string> {
  const opened = await openedFrom(db, proposal_id)
  return opened ? `/situations/${opened.id}` : `/proposals/${proposal_id}`
}

/** The criterion that a proposal's first match names, as the form's own value. */
function firstMatch(matches: unknown): string {
  const [first] = Array.isArray(matches) ? (matches as { criterion_id?: unknown; criterion_version?: unknown }[]) : []
  return first ? `${first.criterion_id}:${first.criterion_version}` : ''
}
