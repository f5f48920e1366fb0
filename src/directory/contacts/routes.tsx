import { Hono } from 'hono'
import { formLists, formValues } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { may, must, mustIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { confirmEntry } from './confirm-entry.ts'
import { parseContact } from './contact-form.ts'
import { ContactPage } from './contact-page.tsx'
import { emptyValues, valuesFrom, valuesOf } from './contact-values.ts'
import { ContactsPage, type Done } from './contacts-page.tsx'
import { moveContact } from './move-contact.ts'
import { findForEdit, readCallTree, readForEdit } from './queries.ts'
import { removeContact } from './remove-contact.ts'
import { saveContact } from './save-contact.ts'
import { voidLinks } from './void-links.ts'

const messages = inBoth({
  ja: { last: '最後の一人は外せません。先に後任の連絡先を追加してください' },
  en: { last: 'The last contact stays. Add a successor first' },
})

const done = (said: string | undefined): Done | undefined =>
  (['saved', 'removed', 'confirmed', 'voided'] as const).find((one) => one === said)

export const treeRoutes = new Hono<AppEnv>()

treeRoutes.get('/contacts', async (c) => {
  const by = readerOf(c)
  const tree = await readCallTree(c.var.tools.db, by, by.institution_id)
  return page(c, <ContactsPage tree={tree} done={done(c.req.query('done'))} />)
})

treeRoutes.get('/institutions/:id/contacts', async (c) => {
  const tree = await readCallTree(c.var.tools.db, readerOf(c), c.req.param('id'))
  return page(c, <ContactsPage tree={tree} done={done(c.req.query('done'))} />)
})

treeRoutes.post('/contacts/confirmation', async (c) => {
  const by = readerOf(c)
  must(by, 'attestation.answer-own')
  const { mark = '' } = await formValues(c.req.raw)
  const answer = await confirmEntry(c.var.tools, by, mark)
  if (!answer) return c.redirect('/contacts?done=confirmed', 303)
  return page(
    c,
    <ContactsPage tree={await readCallTree(c.var.tools.db, by, by.institution_id)} done={answer.failed} />,
    409,
  )
})

treeRoutes.get('/institutions/:id/contacts/new', async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  // Who may change any entry hears of one that is not there; the others only that it is not theirs.
  if (!may(by, 'contact.edit')) mustIn(by, 'contact.edit', id)
  const { contacts } = await readCallTree(c.var.tools.db, by, id)
  return page(c, <ContactPage institution_id={id} others={contacts} values={emptyValues()} />)
})

treeRoutes.post('/institutions/:id/contacts', async (c) => {
  const by = readerOf(c)
  const { tools, language } = c.var
  const institution_id = c.req.param('id')
  mustIn(by, 'contact.edit', institution_id)
  const values = valuesFrom(await formLists(c.req.raw))
  const again = async (problems: Problems) => {
    const { contacts } = await readCallTree(tools.db, by, institution_id)
    return page(c, <ContactPage {...{ institution_id, values, problems }} others={contacts} />, 422)
  }
  const form = parseContact(values, language)
  if ('problems' in form) return again(form.problems)
  const saved = await saveContact(tools, by, { institution_id, contact_id: values.key, is_new: true }, form, language)
  return 'problems' in saved
    ? again(saved.problems)
    : c.redirect(`/institutions/${institution_id}/contacts?done=saved`, 303)
})

treeRoutes.get('/contacts/:id', async (c) => {
  const { contact, others } = await readForEdit(c.var.tools.db, readerOf(c), c.req.param('id'))
  const { institution_id } = contact
  return page(
    c,
    <ContactPage institution_id={institution_id} contact={contact} others={others} values={valuesOf(contact)} />,
  )
})

treeRoutes.post('/contacts/:id', async (c) => {
  const by = readerOf(c)
  const { tools, language } = c.var
  const { id, institution_id } = await findForEdit(tools.db, by, c.req.param('id'))
  const values = valuesFrom(await formLists(c.req.raw))
  const again = async (problems: Problems) => {
    const shown = await readForEdit(tools.db, by, id)
    return page(c, <ContactPage {...{ institution_id, values, problems }} {...shown} />, 422)
  }
  const form = parseContact(values, language)
  if ('problems' in form) return again(form.problems)
  const saved = await saveContact(tools, by, { institution_id, contact_id: id, is_new: false }, form, language)
  if ('problems' in saved) return again(saved.problems)
  if ('changed' in saved) {
    const mine = { ...values, version: String(saved.changed.version) }
    const shown = await readForEdit(tools.db, by, id)
    return page(
      c,
      <ContactPage {...{ institution_id, values: mine }} {...shown} registered={valuesOf(saved.changed)} />,
      409,
    )
  }
  return c.redirect(`/institutions/${institution_id}/contacts?done=saved`, 303)
})

treeRoutes.post('/contacts/:id/move', async (c) => {
  const by = readerOf(c)
  const { contact } = await readForEdit(c.var.tools.db, by, c.req.param('id'))
  const { direction, rank = '' } = await formValues(c.req.raw)
  if (direction === 'up' || direction === 'down')
    await moveContact(c.var.tools, by, contact, { direction, rank: Number.parseInt(rank, 10) })
  return c.redirect(`/institutions/${contact.institution_id}/contacts`, 303)
})

treeRoutes.post('/contacts/:id/removal', async (c) => {
  const by = readerOf(c)
  const { contact, others } = await readForEdit(c.var.tools.db, by, c.req.param('id'))
  const { institution_id } = contact
  const answer = await removeContact(c.var.tools, by, contact)
  if (!answer) return c.redirect(`/institutions/${institution_id}/contacts?done=removed`, 303)
  const problems = { name_ja: messages[c.var.language].last }
  return page(c, <ContactPage {...{ institution_id, contact, others, problems }} values={valuesOf(contact)} />, 422)
})

treeRoutes.post('/contacts/:id/voided-links', async (c) => {
  const by = readerOf(c)
  const { contact } = await readForEdit(c.var.tools.db, by, c.req.param('id'))
  await voidLinks(c.var.tools, by, contact)
  return c.redirect(`/institutions/${contact.institution_id}/contacts?done=voided`, 303)
})
