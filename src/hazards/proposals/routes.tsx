import { Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { pageAsked, paged } from '#ground/lists/paged.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { CriteriaPage, CriterionPage } from './criteria-pages.tsx'
import { CriterionForm, editCriterion, outdated } from './edit-criterion.ts'
import { overtaken } from './overtaken.tsx'
import { placesOf } from './places.ts'
import { ProposalPage } from './proposal-page.tsx'
import {
  allCriteria,
  allTelegrams,
  criterionHistory,
  readProposal,
  readTelegram,
  rejectedTelegrams,
  telegramsOfEvent,
} from './queries.ts'
import { SetAsideForm, setAside } from './set-aside.ts'
import { TelegramPage, TelegramsPage } from './telegram-pages.tsx'

const telegrams_per_page = 50

export const proposalRoutes = new Hono<AppEnv>()

proposalRoutes.get('/proposals/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'home.see-proposals')
  const { db } = c.var.tools
  const proposal = await readProposal(db, c.req.param('id'))
  const telegrams = await telegramsOfEvent(db, proposal)
  const places = await placesOf(db, by, proposal.matches)
  return page(c, <ProposalPage {...{ proposal, places, telegrams }} may_decide={may(by, 'proposal.decide')} />)
})

proposalRoutes.post('/proposals/:id/set-aside', async (c) => {
  const by = readerOf(c)
  must(by, 'proposal.decide')
  const { tools, language } = c.var
  const id = c.req.param('id')
  const values = await formValues(c.req.raw)
  const form = SetAsideForm(language).safeParse(values)
  if (!form.success) {
    const proposal = await readProposal(tools.db, id)
    const telegrams = await telegramsOfEvent(tools.db, proposal)
    return page(
      c,
      <ProposalPage
        proposal={proposal}
        places={await placesOf(tools.db, by, proposal.matches)}
        telegrams={telegrams}
        may_decide
        values={values}
        problems={problemsOf(form.error)}
      />,
      422,
    )
  }
  const done = await setAside(tools, by, id, form.data)
  if ('failed' in done) return overtaken(c, id, 'set_aside', Object.entries(form.data))
  return c.redirect(`/proposals/${id}`, 303)
})

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
  const found = await paged(allTelegrams(db), pageAsked(c), telegrams_per_page)
  return page(c, <TelegramsPage found={found} rejected={await rejectedTelegrams(db)} />)
})

proposalRoutes.get('/telegrams/:id', async (c) => {
  must(readerOf(c), 'telegram.see')
  return page(c, <TelegramPage telegram={await readTelegram(c.var.tools.db, c.req.param('id'))} />)
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
