import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { decideEntry } from './decide-entry.ts'
import { EntriesPage, type Failed } from './entries-page.tsx'
import { listEntries } from './entry-queries.ts'

export const deskEntryRoutes = new Hono<AppEnv>()

const list = async (c: Context<AppEnv>, failed?: Failed) => {
  const { db, clock } = c.var.tools
  return page(
    c,
    <EntriesPage entries={await listEntries(db, readerOf(c), clock())} failed={failed} />,
    failed ? 409 : 200,
  )
}

deskEntryRoutes.get('/desk-entries', (c) => list(c))

const decide = async (c: Context<AppEnv>, decision: 'agreed' | 'refused') => {
  const decided = await decideEntry(c.var.tools, readerOf(c), c.req.param('id') ?? '', decision)
  return 'failed' in decided ? list(c, decided.failed) : c.redirect('/desk-entries', 303)
}

deskEntryRoutes.post('/desk-entries/:id/agreement', confirmed('desk-entry.agree'), (c) => decide(c, 'agreed'))
deskEntryRoutes.post('/desk-entries/:id/refusal', confirmed('desk-entry.agree'), (c) => decide(c, 'refused'))
