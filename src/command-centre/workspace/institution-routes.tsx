import { Hono } from 'hono'
import { InstitutionPage, readInstitution } from '#directory/institutions/index.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { mayIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { institutionNow, maySeeNow } from './institution-now.ts'
import { InstitutionNow } from './institution-now-part.tsx'

/** The page of an institution: its entry, which the directory draws, under how it stands now, which the directory does not know. */
export const institutionPageRoutes = new Hono<AppEnv>()

// Not /institutions/new, which is a form of the directory.
institutionPageRoutes.get('/institutions/:id{[0-9a-fA-F-]+}', async (c) => {
  const by = readerOf(c)
  const { tools, open } = c.var
  const institution = await readInstitution(tools.db, by, c.req.param('id'))
  const may_edit = mayIn(by, 'institution.edit', institution.id)
  if (!maySeeNow(by, institution)) return page(c, <InstitutionPage {...{ institution, may_edit }} />)
  const now = await institutionNow(tools, by, open, institution.id)
  return page(
    c,
    <InstitutionPage
      {...{ institution, may_edit }}
      now={<InstitutionNow now={now} of={institution} />}
      live={open.map(({ id }) => `/situations/${id}` as const)}
      {...(open.length > 0 && { label: labelOf.board })}
    />,
  )
})
