import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { confirmed, may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { readForm } from '#html/form-data.ts'
import { DirectoryPage } from './directory-pages.tsx'
import { ImportedPage, ImportPage } from './import-pages.tsx'
import { importRoster } from './import-roster.ts'
import { InstitutionPage } from './institution-page.tsx'
import { parseRoster } from './parse-roster.ts'
import { lastImport, listInstitutions, readInstitution } from './queries.ts'
import type { Counts } from './write-roster.ts'

const per_page = 50
const page_max = 10_000
const sample = new URL('../../../docs/roster-sample.csv', import.meta.url)

export const institutionRoutes = new Hono<AppEnv>()

institutionRoutes.get('/institutions', async (c) => {
  const by = readerOf(c)
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').slice(0, 100)
  const number = Math.min(page_max, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const found = await listInstitutions(c.var.tools.db, by, { q, page: number, per_page })
  return page(
    c,
    <DirectoryPage {...found} q={q} page={number} per_page={per_page} mayImport={may(by, 'roster.import')} />,
  )
})

// Asked for before the file is chosen, too: a file cannot be kept over the question.
institutionRoutes.get('/institutions/import', confirmed('roster.import'), (c) => {
  must(readerOf(c), 'roster.import')
  return page(c, <ImportPage />)
})

institutionRoutes.post('/institutions/import', confirmed('roster.import'), async (c) => {
  const by = readerOf(c)
  must(by, 'roster.import')
  const form = await readForm(c.req.raw)
  const roster = form.get('roster')
  if (!(roster instanceof File) || roster.name === '') return page(c, <ImportPage isMissing />, 422)

  const parsed = parseRoster(new Uint8Array(await roster.arrayBuffer()))
  const done = 'lines' in parsed ? await importRoster(c.var.tools, by, parsed.lines) : parsed
  return 'problems' in done
    ? page(c, <ImportPage refused={done} />, 422)
    : c.redirect('/institutions/import/result', 303)
})

institutionRoutes.get('/institutions/import/result', async (c) => {
  const by = readerOf(c)
  must(by, 'roster.import')
  const line = await lastImport(c.var.tools.db, by.id)
  return page(c, <ImportedPage done={line && { at: line.at, counts: line.details as Counts }} />)
})

institutionRoutes.get('/institutions/import/sample.csv', async (c) => {
  must(readerOf(c), 'roster.import')
  // The mark tells spreadsheets that it is UTF-8.
  return c.body(`\ufeff${await readFile(sample, 'utf8')}`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="roster-sample.csv"',
  })
})

institutionRoutes.get('/institutions/:id', async (c) =>
  page(c, <InstitutionPage institution={await readInstitution(c.var.tools.db, readerOf(c), c.req.param('id'))} />),
)
