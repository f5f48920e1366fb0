import { Hono } from 'hono'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, mayIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DirectoryPage } from './directory-pages.tsx'
import { editRoutes } from './edit-routes.tsx'
import { InstitutionPage } from './institution-page.tsx'
import { listInstitutions, readInstitution } from './queries.ts'

const per_page = 50

export const institutionRoutes = new Hono<AppEnv>()
// Before the page of one institution, which would take /institutions/new for an id.
institutionRoutes.route('/', editRoutes)

institutionRoutes.get('/institutions', async (c) => {
  const by = readerOf(c)
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').slice(0, 100)
  const found = await listInstitutions(c.var.tools.db, by, { q, wanted: partAsked(c), per_page })
  return page(
    c,
    <DirectoryPage
      found={found}
      q={q}
      may_import={may(by, 'roster.import')}
      may_export={may(by, 'directory.export') || may(by, 'contact.edit-own')}
      may_add={may(by, 'institution.edit')}
    />,
  )
})

institutionRoutes.get('/institutions/:id', async (c) => {
  const by = readerOf(c)
  const institution = await readInstitution(c.var.tools.db, by, c.req.param('id'))
  return page(c, <InstitutionPage institution={institution} may_edit={mayIn(by, 'institution.edit', institution.id)} />)
})
