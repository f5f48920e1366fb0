import { Hono } from 'hono'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { readDirectoryFilter } from './directory-filter.ts'
import { DirectoryPage, directoryFileColumns, directoryTexts } from './directory-pages.tsx'
import { districtRoutes } from './district-routes.tsx'
import { editRoutes } from './edit-routes.tsx'
import { institutionsLike, listInstitutions } from './queries.ts'
import { readRegistryChoices } from './registry-queries.ts'

const per_page = 50

export const institutionRoutes = new Hono<AppEnv>()
// Where the page of one institution is, how it stands now is known, too: in the wing of the command centre.
institutionRoutes.route('/', districtRoutes)
institutionRoutes.route('/', editRoutes)

institutionRoutes.get('/institutions', async (c) => {
  const by = readerOf(c)
  const { db } = c.var.tools
  const filter = readDirectoryFilter((name) => c.req.query(name))
  return page(
    c,
    <DirectoryPage
      found={await listInstitutions(db, by, { filter, wanted: partAsked(c), per_page })}
      filter={filter}
      choices={await readRegistryChoices(db)}
      may_import={may(by, 'roster.import')}
      may_export={may(by, 'directory.export') || may(by, 'contact.edit-own')}
      may_add={may(by, 'institution.edit')}
    />,
  )
})

// The entries that the page shows; contacts with their numbers are another file, for those who may take it along.
institutionRoutes.get('/institutions.csv', async (c) => {
  const { tools, language } = c.var
  const filter = readDirectoryFilter((name) => c.req.query(name))
  return csv(c, {
    name: directoryTexts[language].title,
    columns: directoryFileColumns(language),
    rows: await institutionsLike(tools.db, readerOf(c), filter).limit(csv_rows_max).execute(),
    label: () => labelOf['institution.entry'],
  })
})
