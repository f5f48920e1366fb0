import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { changedWords } from './as-seen.ts'
import { CriteriaPage, CriterionPage } from './criteria-pages.tsx'
import { CriterionForm, editCriterion, outdated } from './edit-criterion.ts'
import { cannotJoin, JoinForm, joinSituation } from './join-situation.ts'
import { overtaken } from './overtaken.tsx'
import { placesOf } from './places.ts'
import { ProposalPage } from './proposal-page.tsx'
import {
  allCriteria,
  allTelegrams,
  criterionHistory,
  proposalsOfEvent,
  readProposal,
  readTelegram,
  rejectedTelegrams,
  situationsToJoin,
  telegramsOfEvent,
} from './queries.ts'
import { SetAsideForm, setAside } from './set-aside.ts'
import { TelegramPage, TelegramsPage } from './telegram-pages.tsx'

const telegrams_per_page = 50

export const proposalRoutes = new Hono<AppEnv>()

proposalRoutes.get('/proposals/:id', async (c) => {
  must(readerOf(c), 'home.see-proposals')
  return show(c)
})

proposalRoutes.post('/proposals/:id/set-aside', async (c) => {
  const by = readerOf(c)
  must(by, 'proposal.decide')
  const values = await formValues(c.req.raw)
  const form = SetAsideForm(c.var.language).safeParse(values)
  if (!form.success) return show(c, { form: 'set-aside', values, problems: problemsOf(form.error) })
  const id = c.req.param('id')
  const done = await setAside(c.var.tools, by, id, form.data)
  if ('failed' in done && done.failed === 'changed') return show(c, { form: 'set-aside', values, changed: 'reason' })
  if ('failed' in done) return overtaken(c, id, 'set_aside', [['reason', form.data.reason]])
  return c.redirect(`/proposals/${id}`, 303)
})

proposalRoutes.post('/proposals/:id/join', async (c) => {
  const by = readerOf(c)
  must(by, 'proposal.decide')
  const values = await formValues(c.req.raw)
  const form = JoinForm(c.var.language).safeParse(values)
  if (!form.success) return show(c, { form: 'join', values, problems: problemsOf(form.error) })
  const id = c.req.param('id')
  const joined = await joinSituation(c.var.tools, by, id, form.data)
  if (joined.failed === 'changed') return show(c, { form: 'join', values, changed: 'join_reason' })
  if (joined.failed === 'decided') return overtaken(c, id, 'join', [['join_reason', form.data.join_reason]])
  if (joined.failed) return show(c, { form: 'join', values, problems: cannotJoin(c.var.language) })
  return c.redirect(`/proposals/${id}`, 303)
})

type Told = Pick<Parameters<typeof ProposalPage>[0], 'form' | 'values' | 'problems'> & {
  /** The field that says so, when the proposal is no more as the form showed it. */
  changed?: string
}

/** The page of a proposal; with the person's own words when a form could not be taken. */
async function show(c: Context<AppEnv, '/proposals/:id'>, { changed, ...told }: Told = {}) {
  const { db } = c.var.tools
  const proposal = await readProposal(db, c.req.param('id'))
  const by = readerOf(c)
  const may_decide = may(by, 'proposal.decide')
  return page(
    c,
    <ProposalPage
      {...{ proposal, may_decide, ...told }}
      {...(changed && { problems: { [changed]: changedWords(c.var.language, proposal) } })}
      places={await placesOf(db, by, proposal.matches)}
      telegrams={await telegramsOfEvent(db, proposal)}
      to_join={may_decide && !proposal.decision ? await situationsToJoin(db, proposal.mode) : []}
    />,
    changed ? 409 : told.problems ? 422 : 200,
  )
}

proposalRoutes.get('/criteria', async (c) => {
  const by = readerOf(c)
  must(by, 'criteria.see')
  return page(c, <CriteriaPage criteria={await allCriteria(c.var.tools.db)} may_edit={may(by, 'criteria.edit')} />)
})

proposalRoutes.get('/criteria/new', (c) => {
  must(readerOf(c), 'criteria.edit')
  return page(c, <CriterionPage versions={[]} may_edit />)
})

proposalRoutes.get('/criteria/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'criteria.see')
  const versions = await criterionHistory(c.var.tools.db, c.req.param('id'))
  return page(c, <CriterionPage versions={versions} may_edit={may(by, 'criteria.edit')} />)
})

proposalRoutes.on('POST', ['/criteria', '/criteria/:id'], async (c) => {
  const by = readerOf(c)
  must(by, 'criteria.edit')
  const { tools, language } = c.var
  const id = c.req.param('id') ?? null
  const values = await formValues(c.req.raw)
  const form = CriterionForm(language).safeParse(values)
  if (!form.success) {
    const versions = id ? await criterionHistory(tools.db, id) : []
    return page(
      c,
      <CriterionPage versions={versions} may_edit values={values} problems={problemsOf(form.error)} />,
      422,
    )
  }
  const edited = await editCriterion(tools, by, id, form.data)
  if (edited.failed) {
    const versions = await criterionHistory(tools.db, edited.id)
    // With the newest version in the form, so that who has now seen it may go on.
    const seen = { ...values, version: String(versions[0]?.version) }
    return page(c, <CriterionPage versions={versions} may_edit values={seen} problems={outdated(language)} />, 409)
  }
  return c.redirect(`/criteria/${edited.id}`, 303)
})

proposalRoutes.get('/telegrams', async (c) => {
  must(readerOf(c), 'telegram.see')
  const { db } = c.var.tools
  const found = await paged(allTelegrams(db), partAsked(c), telegrams_per_page)
  return page(c, <TelegramsPage found={found} rejected={await rejectedTelegrams(db)} />)
})

proposalRoutes.get('/telegrams/:id', async (c) => {
  must(readerOf(c), 'telegram.see')
  const { db } = c.var.tools
  const telegram = await readTelegram(db, c.req.param('id'))
  return page(c, <TelegramPage telegram={telegram} proposals={await proposalsOfEvent(db, telegram)} />)
})

proposalRoutes.get('/telegrams/:id/xml', async (c) => {
  must(readerOf(c), 'telegram.see')
  const { xml } = await readTelegram(c.var.tools.db, c.req.param('id'))
  // As text, so that no browser runs anything that a foreign document may hold.
  return c.body(new Uint8Array(xml), 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': 'inline; filename="telegram.xml"',
  })
})
