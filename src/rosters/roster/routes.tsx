import { readFile } from 'node:fs/promises'
import { Hono, type MiddlewareHandler } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { root } from '#ground/config/root.ts'
import { formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import { utf8_mark } from '#ground/lists/csv.ts'
import { must, NotAllowed } from '#ground/rights/may.ts'
import { attachment } from '#ground/tools/attachment.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { ExportForm, exportDirectory, exportScope } from './export-directory.ts'
import { ExportPage } from './export-page.tsx'
import { ImportedPage, ImportPage } from './import-pages.tsx'
import { PreviewPage } from './preview-page.tsx'
import { lastImport } from './queries.ts'
import { ApplyForm, applyUpload, keepUpload, readPreview } from './upload.ts'

const samples = {
  'sample.csv': 'roster-sample.csv',
  'institutions.csv': 'roster-institutions.csv',
  'contacts.csv': 'roster-contacts.csv',
}

export const rosterRoutes = new Hono<AppEnv>()

/** Whoever takes names and numbers with them proves who they are, be it of everyone or of their own institution. */
const confirmedExport: MiddlewareHandler<AppEnv> = (c, next) =>
  confirmed(exportScope(readerOf(c)) === 'own' ? 'contact.edit-own' : 'directory.export')(c, next)

// Asked for before the file is chosen, too: a file cannot be kept over the question.
rosterRoutes.get('/roster/import', confirmed('roster.import'), (c) => {
  must(readerOf(c), 'roster.import')
  return page(c, <ImportPage />)
})

rosterRoutes.post('/roster/import', confirmed('roster.import'), async (c) => {
  const by = readerOf(c)
  must(by, 'roster.import')
  const form = await readForm(c.req.raw)
  const roster = form.get('roster')
  const is_complete = form.get('is_complete') === 'yes'
  if (!(roster instanceof File) || roster.name === '')
    return page(c, <ImportPage is_missing is_complete={is_complete} />, 422)

  const bytes = new Uint8Array(await roster.arrayBuffer())
  const kept = await keepUpload(c.var.tools, by, { name: roster.name, bytes, is_complete })
  return 'problems' in kept
    ? page(c, <ImportPage refused={kept} is_complete={is_complete} />, 422)
    : c.redirect(`/roster/import/${kept.id}`, 303)
})

rosterRoutes.get('/roster/import/result', async (c) => {
  const by = readerOf(c)
  must(by, 'roster.import')
  return page(c, <ImportedPage done={await lastImport(c.var.tools.db, by.id)} />)
})

for (const [name, file] of Object.entries(samples))
  rosterRoutes.get(`/roster/import/${name}`, async (c) => {
    must(readerOf(c), 'roster.import')
    const text = await readFile(new URL(`docs/${file}`, root), 'utf8')
    // The mark tells spreadsheets that it is UTF-8.
    return c.body(utf8_mark + text, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment(file),
    })
  })

rosterRoutes.get('/roster/import/:id', async (c) =>
  page(c, <PreviewPage preview={await readPreview(c.var.tools, readerOf(c), c.req.param('id'))} />),
)

rosterRoutes.post('/roster/import/:id', confirmed('roster.import'), async (c) => {
  const by = readerOf(c)
  must(by, 'roster.import')
  const form = ApplyForm.parse(await formValues(c.req.raw))
  const applied = await applyUpload(c.var.tools, by, c.req.param('id'), form)
  return 'done' in applied
    ? c.redirect('/roster/import/result', 303)
    : page(c, <PreviewPage {...applied} />, applied.because === 'changed' ? 409 : 422)
})

rosterRoutes.get('/roster/export', (c) => {
  const scope = exportScope(readerOf(c))
  if (!scope) throw new NotAllowed('directory.export')
  return page(c, <ExportPage scope={scope} />)
})

rosterRoutes.post('/roster/export', confirmedExport, async (c) => {
  const by = readerOf(c)
  const scope = exportScope(by)
  if (!scope) throw new NotAllowed('directory.export')
  const values = await formValues(c.req.raw)
  const form = ExportForm.safeParse(values)
  if (!form.success) return page(c, <ExportPage scope={scope} values={values} problems={problemsOf(form.error)} />, 422)
  const file = await exportDirectory(c.var.tools, by, form.data)
  if ('unmappable' in file)
    return page(c, <ExportPage scope={scope} values={values} unmappable={file.unmappable} />, 422)
  return c.body(new Uint8Array(file.bytes), 200, {
    'content-type': file.media_type,
    'content-disposition': attachment(file.name),
  })
})
