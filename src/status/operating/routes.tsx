import { type Context, Hono } from 'hono'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { isOfBureau, may, must, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { statesAt } from '#status/activations/index.ts'
import { holdsUnreturned } from '#status/board/index.ts'
import { scopeOf, situationOf } from '#status/reports/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { operatingColumns } from './columns.tsx'
import { NoPicturePage, OperatingPage } from './page.tsx'
import { type Content, linesFor, pageFor, soughtIn } from './sought.ts'
import { operatingTexts } from './texts.tsx'
import { keptPicture } from './told.ts'

export const operatingRoutes = new Hono<AppEnv>()

operatingRoutes.get('/situations/:id/operating-status', async (c) => show(c, await situationOf(c), 'operating-status'))
operatingRoutes.get('/situations/:id/bcp-status', async (c) => show(c, await situationOf(c), 'bcp-status'))
operatingRoutes.get('/operating-status', (c) => show(c, null, 'operating-status'))
operatingRoutes.get('/bcp-status', (c) => show(c, null, 'bcp-status'))
operatingRoutes.get('/situations/:id/operating-status.csv', async (c) =>
  asFile(c, await situationOf(c), 'operating-status'),
)
operatingRoutes.get('/situations/:id/bcp-status.csv', async (c) => asFile(c, await situationOf(c), 'bcp-status'))
operatingRoutes.get('/operating-status.csv', (c) => asFile(c, null, 'operating-status'))
operatingRoutes.get('/bcp-status.csv', (c) => asFile(c, null, 'bcp-status'))

async function show(c: Context<AppEnv>, situation: SituationView | null, content: Content) {
  const by = readerOf(c)
  mustSeeAll(by)
  const { config, db, clock } = c.var.tools
  const may_report =
    may(by, 'report.file') && !situation?.closed_at && (situation || !config.off.includes('peacetime-reports'))
  const bcps =
    content === 'bcp-status' ? await statesAt(db, situation?.mode ?? 'actual', situation?.closed_at ?? clock()) : []
  const of = { situation, content, bcps, returned: await returnedOf(c, situation), may_report: Boolean(may_report) }
  const why = await whyNot(c, situation)
  if (why) return page(c, <NoPicturePage {...of} why={why} />)
  const picture = await pictureOf(c, situation)
  const sought = soughtIn(content, c.req.query())
  const found = pageFor(picture.lines, sought, c.var.language)
  return page(c, <OperatingPage {...of} {...{ picture, found, sought }} own={by.institution_id} />)
}

/** The picture is of all institutions, and worked out once for all who may see it. */
function mustSeeAll(by: Person) {
  must(by, 'operating-status.see')
  if (isOfBureau(by)) throw new NotAllowed(`${by.id} reads for a bureau`)
}

async function asFile(c: Context<AppEnv>, situation: SituationView | null, content: Content) {
  const by = readerOf(c)
  mustSeeAll(by)
  if (await whyNot(c, situation)) throw new NotFound('nothing was returned')
  const { language } = c.var
  const sought = soughtIn(content, c.req.query())
  const { lines } = await pictureOf(c, situation)
  const { function_code } = sought
  return csv(c, {
    name: operatingTexts[language].titles[content],
    columns: operatingColumns(language, { content, own: by.institution_id, function_code }),
    rows: linesFor(lines, sought, language).slice(0, csv_rows_max),
    label: () => labelOf['board.returned'],
  })
}

/** Why there is no picture: it was not returned, is not offered in peacetime, or would give what nobody has returned. */
async function whyNot(c: Context<AppEnv>, situation: SituationView | null) {
  if (situation) return situation.returned_at ? null : 'not_returned'
  const { whole, clock, config } = c.var.tools
  if (config.off.includes('member-board')) return 'not_offered'
  return (await holdsUnreturned(whole, readerOf(c).institution_id, clock())) ? 'held' : null
}

const pictureOf = ({ var: { tools, reader } }: Context<AppEnv>, situation: SituationView | null) => {
  if (!reader) throw new Error('This route is not behind signedIn')
  return keptPicture(tools, reader, { ...scopeOf(situation), closed_at: situation?.closed_at ?? null })
}

/** Of the standing picture: which open situations have one of their own. */
async function returnedOf({ var: { tools, open } }: Context<AppEnv>, situation: SituationView | null) {
  if (situation || open.length === 0) return []
  const rows = await tools.db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .where('returned_at', 'is not', null)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}
