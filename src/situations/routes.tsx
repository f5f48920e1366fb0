import { Hono } from 'hono'
import { may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { toCivilInput } from '#html/civil.ts'
import { formValues, problemsOf } from '#html/form-data.ts'
import { changePhase } from './change-phase.ts'
import { openSituation, SituationForm } from './open-situation.ts'
import { OpenSituationPage, SituationsPage } from './pages.tsx'
import { activeCriteria, listSituations, proposalForForm } from './queries.ts'
import { returnBoard } from './return-board.ts'

const per_page = 50

export const situationRoutes = new Hono<AppEnv>()

situationRoutes.get('/situations', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const number = Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1)
  const found = await listSituations(c.var.tools.db, { page: Math.min(number, 10_000), per_page })
  return page(
    c,
    <SituationsPage
      situations={found.slice(0, per_page)}
      page={number}
      hasMore={found.length > per_page}
      mayOpen={may(by, 'situation.open')}
    />,
  )
})

situationRoutes.get('/situations/new', async (c) => {
  must(readerOf(c), 'situation.open')
  const { db } = c.var.tools
  const asked = c.req.query('proposal')
  const proposal = asked ? await proposalForForm(db, asked) : null
  if (asked && !proposal) return c.redirect('/home', 303)
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
  const form = SituationForm(language, tools.clock()).safeParse(values)
  if (!form.success) {
    const proposal = values.proposal_id ? await proposalForForm(tools.db, values.proposal_id) : null
    const criteria = await activeCriteria(tools.db)
    return page(
      c,
      <OpenSituationPage values={values} problems={problemsOf(form.error)} criteria={criteria} proposal={proposal} />,
      422,
    )
  }
  const opened = await openSituation(tools, by, form.data)
  return c.redirect('failed' in opened ? '/home' : `/situations/${opened.id}`, 303)
})

situationRoutes.post('/situations/:id/phase', async (c) => {
  const { phase } = await formValues(c.req.raw)
  await changePhase(c.var.tools, readerOf(c), c.req.param('id'), phase === 'recovery' ? 'recovery' : 'emergency')
  return c.redirect(`/situations/${c.req.param('id')}`, 303)
})

situationRoutes.post('/situations/:id/return', async (c) => {
  await returnBoard(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/situations/${c.req.param('id')}`, 303)
})

/** The criterion that a proposal's first match names, as the form's own value. */
function firstMatch(matches: unknown): string {
  const [first] = Array.isArray(matches) ? (matches as { criterion_id?: unknown; criterion_version?: unknown }[]) : []
  return first ? `${first.criterion_id}:${first.criterion_version}` : ''
}
