import { Hono } from 'hono'
import { confirmed as proved } from '#access/sign-in/index.ts'
import { fromCivilInput, toCivilInput } from '#ground/html/civil.ts'
import { formLists } from '#ground/html/form-data.ts'
import { inBoth } from '#ground/html/language.ts'
import { pageIn, partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { roles } from '#ground/rights/person.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { confirmGrants } from './confirm-grants.ts'
import { PastRightsPage } from './past-page.tsx'
import { ReviewPage } from './review-page.tsx'
import { RightsPage } from './rights-page.tsx'
import { holdersIn, overdueGrants, rolesToReview, type Span, wasOpenIn } from './rights-queries.ts'

const institutions_per_page = 10
const messages = inBoth({
  ja: { date: '日時を入力してください' },
  en: { date: 'Enter a date and a time' },
})

export const rightsRoutes = new Hono<AppEnv>()

rightsRoutes.get('/rights', async (c) => {
  const by = readerOf(c)
  must(by, 'rights.see')
  const now = c.var.tools.clock()
  const holders = await holdersIn(c.var.tools.db, by, { from: now, to: now })
  return page(c, <RightsPage holders={holders} may_review={may(by, 'role.review')} />)
})

rightsRoutes.get('/rights/at', async (c) => {
  const by = readerOf(c)
  must(by, 'rights.see')
  const { db, clock } = c.var.tools
  const asked = c.req.query('date') ?? toCivilInput(clock())
  const role = roles.find((each) => each === c.req.query('role'))
  const span = spanOf(asked)
  if (!span)
    return page(
      c,
      <PastRightsPage date={asked} role={role} found={null} problems={{ date: messages[c.var.language].date }} />,
      422,
    )
  const holders = await holdersIn(db, by, span, role)
  return page(
    c,
    <PastRightsPage
      date={/T/.test(asked) ? asked : `${asked}T00:00`}
      role={role}
      wanted={partAsked(c)}
      found={{ holders, was_open: await wasOpenIn(db, span) }}
    />,
  )
})

rightsRoutes.get('/rights/review', async (c) => {
  const by = readerOf(c)
  must(by, 'role.review')
  const { db, clock } = c.var.tools
  const found = await rolesToReview(db, by, { wanted: partAsked(c), per_page: institutions_per_page })
  const confirmed = c.req.query('confirmed')
  return page(
    c,
    <ReviewPage
      found={found}
      overdue={await overdueGrants(db, clock())}
      confirmed={confirmed && /^\d{1,6}$/.test(confirmed) ? Number(confirmed) : undefined}
    />,
  )
})

rightsRoutes.post('/rights/confirmations', proved('role.review'), async (c) => {
  const by = readerOf(c)
  must(by, 'role.review')
  const posted = await formLists(c.req.raw)
  const ids = Object.entries(posted).flatMap(([name, values]) => (name.startsWith('grant-') ? values : []))
  const confirmed = await confirmGrants(c.var.tools, by, ids.filter(isId))
  return c.redirect(`/rights/review?page=${pageIn(posted.page?.[0])}&confirmed=${confirmed}`, 303)
})

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** A minute, or with a bare date the whole day: an auditor who knows the day only wants everyone who held a role on it. */
function spanOf(date: string): Span | null {
  const from = fromCivilInput(date.includes('T') ? date : `${date}T00:00`)
  if (!from) return null
  const minutes = date.includes('T') ? 1 : 24 * 60
  return { from, to: new Date(from.getTime() + minutes * 60_000 - 1) }
}
