import { Hono } from 'hono'
import { partAsked } from '#ground/lists/wanted.ts'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DirectoryPage } from './directory-pages.tsx'
import { editRoutes } from './edit-routes.tsx'
import { listInstitutions } from './queries.ts'

const per_page = 50

export const institutionRoutes = new Hono<AppEnv>()
// Where the page of one institution is, how it stands now is known, too: in the wing of the command centre.
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
