import { type Context, Hono } from 'hono'
import type { Database } from '#ground/db/database.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { formLists, formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { areaByCode } from '#ground/market/areas.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { changedWords, overtaken } from '#hazards/proposals/index.ts'
import { AudienceForm, type Lists, readAudienceChoices, searchIn } from '#telling/audience/index.ts'
import { openSituation } from './open-situation.ts'
import { GatheringPage, OpenSituationPage } from './opening-pages.tsx'
import { filledByReason } from './opening-reasons.ts'
import { activeCriteria, openedFrom, type ProposalForForm, proposalForForm, readSituation } from './queries.ts'
import { drillBesideReal, GatheringForm, nobodyAsked, otherMode, SituationForm } from './situation-form.ts'

/** The two ways to begin: with a command centre, and without one. */
export const openingRoutes = new Hono<AppEnv>()

openingRoutes.get('/command-centre/new', async (c) => {
  must(readerOf(c), 'command-centre.set-up')
  const { db } = c.var.tools
  const asked = c.req.query('proposal')
  const proposal = asked ? await proposalForForm(db, asked) : null
  if (proposal?.decision) return c.redirect(await decidedPage(db, proposal.id), 303)
  const criteria = await activeCriteria(db)
  const values = proposal ? { ...valuesFrom(proposal), criterion: firstMatch(proposal.matches) } : {}
  return page(c, <OpenSituationPage values={values} criteria={criteria} proposal={proposal} />)
})

openingRoutes.post('/situations', async (c) => {
  const by = readerOf(c)
  must(by, 'command-centre.set-up')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const { proposal_id } = values
  const readProposal = async () => (proposal_id ? proposalForForm(tools.db, proposal_id) : null)
  const criteria = await activeCriteria(tools.db)
  const again = async (problems: Problems, status: 409 | 422 = 422) =>
    page(
      c,
      <OpenSituationPage values={values} problems={problems} criteria={criteria} proposal={await readProposal()} />,
      status,
    )
  const filled = filledByReason('command_centre', values, language, criteria)
  const form = SituationForm(language, tools.clock()).safeParse(filled)
  if (!form.success) {
    const proposal = await readProposal()
    if (proposal?.decision) return overtaken(c, proposal.id, 'open', Object.entries(values))
    return again(problemsOf(form.error))
  }
  const opened = await openSituation(tools, by, form.data)
  if (!('failed' in opened)) return c.redirect(`/situations/${opened.id}`, 303)
  if (opened.failed === 'changed' && proposal_id)
    return again({ title_ja: changedWords(language, await proposalForForm(tools.db, proposal_id)) }, 409)
  if (opened.failed === 'drill') return again(drillBesideReal(language))
  if (opened.failed === 'mode' || !proposal_id) return again(otherMode(language))
  return overtaken(c, proposal_id, 'open', Object.entries(values))
})

openingRoutes.get('/gatherings/new', async (c) => {
  must(readerOf(c), 'situation.open')
  const { db } = c.var.tools
  const asked = c.req.query('proposal')
  const proposal = asked ? await proposalForForm(db, asked) : null
  if (proposal?.decision) return c.redirect(await decidedPage(db, proposal.id), 303)
  const chosen = proposal ? { areas: areasOf(proposal.matches) } : {}
  return gatheringPage(c, { values: proposal ? valuesFrom(proposal) : {}, chosen, proposal })
})

openingRoutes.post('/gatherings', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.open')
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, chosen] = [await formValues(posted), await formLists(posted)]
  const { proposal_id } = values
  const proposal = proposal_id ? await proposalForForm(tools.db, proposal_id) : null
  const again = (told: Partial<Gathering>, status: 200 | 409 | 422 = 422) =>
    gatheringPage(c, { values, chosen, proposal, ...told }, status)
  // The same form with what was found in it: nothing is judged before it is put forward.
  if (searchIn(chosen)) return again({}, 200)
  const form = GatheringForm(language, tools.clock()).safeParse(filledByReason('gathering', values, language))
  const audience = AudienceForm(language).safeParse(chosen)
  if (!form.success || !audience.success) {
    if (proposal?.decision) return overtaken(c, proposal.id, 'gather', Object.entries(values))
    return again({
      problems: { ...(form.error && problemsOf(form.error)), ...(audience.error && problemsOf(audience.error)) },
    })
  }
  const opened = await openSituation(tools, by, { ...form.data, audience: audience.data })
  if (!('failed' in opened)) return c.redirect(`/situations/${opened.id}`, 303)
  if (opened.failed === 'same') return again({ same: await readSituation(tools.db, opened.id) }, 409)
  if (opened.failed === 'nobody') return again({ problems: nobodyAsked(language) })
  if (opened.failed === 'drill') return again({ problems: drillBesideReal(language) })
  if (opened.failed === 'mode' || !proposal) return again({ problems: otherMode(language) })
  if (opened.failed === 'changed') return again({ problems: { title_ja: changedWords(language, proposal) } }, 409)
  return overtaken(c, proposal.id, 'gather', Object.entries(values))
})

type Gathering = Omit<Parameters<typeof GatheringPage>[0], 'choices' | 'chosen'> & { chosen: Lists }

async function gatheringPage(c: Context<AppEnv>, told: Gathering, status: 200 | 409 | 422 = 200) {
  const { db, clock } = c.var.tools
  return page(c, <GatheringPage {...told} choices={await readAudienceChoices(db, clock())} />, status)
}

const valuesFrom = ({ hazard, title_ja, title_en, event_at }: ProposalForForm): Record<string, string> => ({
  ...{ hazard, title_ja, title_en },
  event_at: toCivilInput(event_at),
})

/** Where a decided proposal leads: to the situation that was opened from it, else to its own page, which says why not. */
async function decidedPage(db: Database, proposal_id: string): Promise<string> {
  const opened = await openedFrom(db, proposal_id)
  return opened ? `/situations/${opened.id}` : `/proposals/${proposal_id}`
}

type Match = { criterion_id?: unknown; criterion_version?: unknown; areas?: { code?: unknown }[] }
const matchesIn = (matches: unknown) => (Array.isArray(matches) ? (matches as Match[]) : [])

/** The criterion that a proposal's first match names, as the form's own value. */
function firstMatch(matches: unknown): string {
  const [first] = matchesIn(matches)
  return first ? `${first.criterion_id}:${first.criterion_version}` : ''
}

/** The areas that a proposal is about: who has a site there is asked unless somebody says otherwise. */
const areasOf = (matches: unknown): string[] => [
  ...new Set(
    matchesIn(matches)
      .flatMap(({ areas = [] }) => areas.map(({ code }) => String(code)))
      .filter((code) => areaByCode.has(code)),
  ),
]
