import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { toCivilInput } from '#ground/html/civil.ts'
import { formLists, formValues, readForm } from '#ground/html/form-data.ts'
import { named } from '#ground/html/language.ts'
import { must, mustIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { CheckEditPage } from './check-page.tsx'
import {
  addInstitution,
  checkEdit,
  checkNew,
  editInstitution,
  emptyEntry,
  type Form,
  readEntry,
} from './edit-institution.ts'
import { EditInstitutionPage, valuesOf } from './edit-page.tsx'
import { fieldsOf } from './institution-form.ts'
import { readRegistryChoices } from './registry-queries.ts'

export const editRoutes = new Hono<AppEnv>()

const todayOf = (c: Context<AppEnv>) => toCivilInput(c.var.tools.clock()).slice(0, 10)
const fieldsOfNew = (c: Context<AppEnv>) => fieldsOf(readerOf(c), randomUUID())
const formOf = async (c: Context<AppEnv>): Promise<Form> => {
  const form = await readForm(c.req.raw)
  return { values: await formValues(form), lists: await formLists(form) }
}
/** What is sent again by the page that shows the changes. */
const sentOf = ({ lists }: Form, more: Record<string, string> = {}): [string, string][] => [
  ...Object.entries(lists).flatMap(([name, values]) =>
    name in more ? [] : values.map((value): [string, string] => [name, value]),
  ),
  ...Object.entries(more),
]
/** A form without its key is a form without a first press: it gets one now. */
const keyOf = ({ values }: Form) => z.uuid().safeParse(values.idempotency_key).data ?? randomUUID()

editRoutes.get('/institutions/new', async (c) => {
  must(readerOf(c), 'institution.edit')
  const { values, lists } = valuesOf(emptyEntry(todayOf(c)))
  const filled = { ...values, membership: '', is_asked: '', idempotency_key: randomUUID() }
  return page(
    c,
    <EditInstitutionPage
      choices={await readRegistryChoices(c.var.tools.db)}
      institution={null}
      fields={fieldsOfNew(c)}
      values={filled}
      lists={lists}
    />,
  )
})

editRoutes.post('/institutions/check', async (c) => {
  const by = readerOf(c)
  must(by, 'institution.edit')
  const form = await formOf(c)
  const idempotency_key = keyOf(form)
  const keyed = { ...form, values: { ...form.values, idempotency_key } }
  const { changes, problems } = await checkNew(c.var.tools.db, by, c.var.language, todayOf(c), keyed)
  if (Object.keys(problems).length > 0)
    return page(
      c,
      <EditInstitutionPage
        choices={await readRegistryChoices(c.var.tools.db)}
        institution={null}
        fields={fieldsOfNew(c)}
        {...keyed}
        problems={problems}
      />,
      422,
    )
  return page(c, <CheckEditPage institution={null} changes={changes} sent={sentOf(form, { idempotency_key })} />)
})

editRoutes.post('/institutions', async (c) => {
  const by = readerOf(c)
  must(by, 'institution.edit')
  const form = await formOf(c)
  const key = keyOf(form)
  const keyed = { ...form, values: { ...form.values, idempotency_key: key } }
  const added = await addInstitution(c.var.tools, by, c.var.language, { ...keyed, key, today: todayOf(c) })
  if ('problems' in added)
    return page(
      c,
      <EditInstitutionPage
        choices={await readRegistryChoices(c.var.tools.db)}
        institution={null}
        fields={fieldsOfNew(c)}
        {...keyed}
        problems={added.problems}
      />,
      422,
    )
  return c.redirect(`/institutions/${added.id}`, 303)
})

/** The institution of this address, as its title. */
async function titled(c: Context<AppEnv, '/institutions/:id'>) {
  const id = c.req.param('id')
  mustIn(readerOf(c), 'institution.edit', id)
  const { code, entry } = await readEntry(c.var.tools.db, readerOf(c), id)
  return { id, entry, institution: { id, name: `${named(c.var.language, entry)} (${code})` } }
}

editRoutes.get('/institutions/:id/edit', async (c) => {
  const { id, entry, institution } = await titled(c)
  return page(
    c,
    <EditInstitutionPage
      choices={await readRegistryChoices(c.var.tools.db)}
      institution={institution}
      fields={fieldsOf(readerOf(c), id)}
      {...valuesOf(entry)}
    />,
  )
})

editRoutes.post('/institutions/:id/check', async (c) => {
  const { id, institution } = await titled(c)
  const form = await formOf(c)
  const { changes, problems, seen, fields } = await checkEdit(c.var.tools.db, readerOf(c), c.var.language, id, form)
  if (form.values.back)
    return page(
      c,
      <EditInstitutionPage
        choices={await readRegistryChoices(c.var.tools.db)}
        institution={institution}
        fields={fields}
        {...form}
      />,
    )
  if (Object.keys(problems).length > 0)
    return page(
      c,
      <EditInstitutionPage
        choices={await readRegistryChoices(c.var.tools.db)}
        institution={institution}
        fields={fields}
        {...form}
        problems={problems}
      />,
      422,
    )
  return page(c, <CheckEditPage institution={institution} changes={changes} sent={sentOf(form, { seen })} />)
})

editRoutes.post('/institutions/:id', async (c) => {
  const id = c.req.param('id')
  mustIn(readerOf(c), 'institution.edit', id)
  const form = await formOf(c)
  const done = await editInstitution(c.var.tools, readerOf(c), c.var.language, id, form)
  if ('done' in done) return c.redirect(`/institutions/${id}`, 303)
  const { institution } = await titled(c)
  const { changes, problems, seen, fields } = done.again
  if (Object.keys(problems).length > 0)
    return page(
      c,
      <EditInstitutionPage
        choices={await readRegistryChoices(c.var.tools.db)}
        institution={institution}
        fields={fields}
        {...form}
        problems={problems}
      />,
      422,
    )
  return page(
    c,
    <CheckEditPage institution={institution} changes={changes} sent={sentOf(form, { seen })} has_changed />,
    409,
  )
})
