import { Hono } from 'hono'
import { may, mayIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DirectoryPage } from './directory-pages.tsx'
import { editRoutes } from './edit-routes.tsx'
import { InstitutionPage } from './institution-page.tsx'
import { listInstitutions, readInstitution } from './queries.ts'

const per_page = 50
const page_max = 10_000

export const institutionRoutes = new Hono<AppEnv>()
// Before the page of one institution, which would take /institutions/new for an id.
institutionRoutes.route('/', editRoutes)

institutionRoutes.get('/institutions', async (c) => {
  const by = readerOf(c)
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').slice(0, 100)
  const number = Math.min(page_max, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const found = await listInstitutions(c.var.tools.db, by, { q, page: number, per_page })
  return page(
    c,
    <DirectoryPage
      {...found}
      q={q}
      page={number}
      per_page={per_page}
      mayImport={may(by, 'roster.import')}
      mayExport={may(by, 'directory.export') || may(by, 'contact.edit-own')}
      mayAdd={may(by, 'institution.edit')}
    />,
  )
})

institutionRoutes.get('/institutions/:id', async (c) => {
  const by = readerOf(c)
  const institution = await readInstitution(c.var.tools.db, by, c.req.param('id'))
  return page(c, <InstitutionPage institution={institution} mayEdit={mayIn(by, 'institution.edit', institution.id)} />)
})
