import { Hono, type MiddlewareHandler } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { allPoints } from '#directory/contact-points/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { listAddress } from '#ground/lists/address.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { attachment } from '#ground/tools/attachment.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { exportContacts, Format } from './export-contacts.ts'
import { OfflinePage } from './offline-page.tsx'
import { fieldsOf, Sought } from './query.ts'
import { allContacts, searchContacts, searchInstitutions } from './search.ts'
import { SearchPage } from './search-page.tsx'

const per_page = 20
const institutions_max = 8

export const directoryRoutes = new Hono<AppEnv>()

directoryRoutes.get('/directory', async (c) => {
  const by = readerOf(c)
  const { db, clock } = c.var.tools
  const sought = Sought.parse(c.req.query())
  const asked = partAsked(c)
  const [found, institutions] = await Promise.all([
    searchContacts(db, by, sought, { at: clock(), wanted: asked, per_page }),
    asked.page === 1 ? searchInstitutions(db, sought, institutions_max + 1) : [],
  ])
  return page(
    c,
    <SearchPage
      {...{ sought, found }}
      institutions={institutions.slice(0, institutions_max)}
      has_more={institutions.length > institutions_max}
    />,
  )
})

/** From the box on every page: the one institution that is meant, or what the search has. */
directoryRoutes.get('/find', async (c) => {
  must(readerOf(c), 'directory.see')
  const sought = Sought.parse({ q: c.req.query('q') })
  const [one, ...more] = await searchInstitutions(c.var.tools.db, sought, 2)
  const meant = one && more.length === 0 ? `/institutions/${one.id}` : listAddress('/directory', fieldsOf(sought))
  return c.redirect(meant, 303)
})

directoryRoutes.get('/directory/offline', async (c) => {
  const by = readerOf(c)
  const { db, clock } = c.var.tools
  const at = clock()
  const [contacts, points] = [await allContacts(db, by, Sought.parse({}), { at }), await allPoints(db, at)]
  return page(c, <OfflinePage contacts={contacts} points={points} />)
})

/** The numbers of the whole market leave with a fresh proof; one's colleagues' are in one's own phone anyway. */
const provenForAll: MiddlewareHandler<AppEnv> = (c, next) =>
  may(readerOf(c), 'directory.export') ? confirmed('directory.export')(c, next) : next()

directoryRoutes.post('/directory/export', provenForAll, async (c) => {
  const by = readerOf(c)
  const values = await formValues(c.req.raw)
  const format = Format.safeParse(values.format)
  const sought = Sought.parse(values)
  if (!format.success) return c.redirect('/directory', 303)
  const file = await exportContacts(c.var.tools, by, format.data, sought, c.var.language)
  return c.body(file.content, 200, {
    'content-type': file.type,
    'content-disposition': attachment(file.name),
  })
})
