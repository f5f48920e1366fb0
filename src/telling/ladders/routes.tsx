import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { channelsOf } from '#ground/channels/available.ts'
import { severities } from '#ground/channels/channel.ts'
import { formLists } from '#ground/html/form-data.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { EditLadderPage, type EditProps } from './edit-page.tsx'
import { ladderLists, readLadder } from './ladder-form.ts'
import { LaddersPage } from './ladders-page.tsx'
import { allLadders, institutionsOf, newestLadder } from './queries.ts'
import { scopes } from './rules.ts'
import { saveLadder } from './save-ladder.ts'

export const ladderRoutes = new Hono<AppEnv>()

ladderRoutes.get('/ladders', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.see')
  const { db, config } = c.var.tools
  return page(
    c,
    <LaddersPage ladders={await allLadders(db)} available={channelsOf(config)} may_edit={may(by, 'ladder.edit')} />,
  )
})

ladderRoutes.get('/ladders/:severity/:scope', async (c) => {
  must(readerOf(c), 'ladder.edit')
  const { severity, scope } = ladderOf(c)
  const { db } = c.var.tools
  const own = await newestLadder(db, severity, scope)
  // One that is to be special begins as what holds now.
  const steps = own && own.steps.length > 0 ? own.steps : (await newestLadder(db, severity, 'all'))?.steps
  return editPage(c, { lists: ladderLists(steps ?? [], own?.version ?? 0) })
})

ladderRoutes.post('/ladders/:severity/:scope/check', async (c) => {
  must(readerOf(c), 'ladder.edit')
  const { severity, scope } = ladderOf(c)
  const { tools, language } = c.var
  const lists = await formLists(c.req.raw)
  const read = readLadder(language, lists, channelsOf(tools.config))
  if (read.problems) return editPage(c, { lists, problems: read.problems }, 422)
  const institutions = await institutionsOf(tools.db, severity, scope, tools.clock())
  return editPage(c, { lists: ladderLists(read.steps, read.version), checked: { ...read, institutions } })
})

ladderRoutes.post('/ladders/:severity/:scope', confirmed('ladder.edit'), async (c) => {
  const by = readerOf(c)
  must(by, 'ladder.edit')
  const { tools, language } = c.var
  const lists = await formLists(c.req.raw)
  const read = readLadder(language, lists, channelsOf(tools.config))
  if (read.problems) return editPage(c, { lists, problems: read.problems }, 422)
  const saved = await saveLadder(tools, by, ladderOf(c), read)
  return saved.failed ? changedPage(c, (version) => ladderLists(read.steps, version)) : c.redirect('/ladders', 303)
})

/** A group gives up its own ladder: a version without steps says so, and those before it stay. */
ladderRoutes.post('/ladders/:severity/:scope/removal', confirmed('ladder.edit'), async (c) => {
  const by = readerOf(c)
  must(by, 'ladder.edit')
  const { severity, scope } = ladderOf(c)
  if (scope === 'all') throw new NotFound('the ladder of all institutions is not given up')
  const { tools } = c.var
  const own = await newestLadder(tools.db, severity, scope)
  if (!own) return c.redirect('/ladders', 303)
  const { version } = await formLists(c.req.raw)
  const saved = await saveLadder(tools, by, { severity, scope }, { steps: [], version: Number(version?.at(-1)) })
  return saved.failed ? changedPage(c, (newest) => ladderLists(own.steps, newest)) : c.redirect('/ladders', 303)
})

function ladderOf(c: Context<AppEnv>) {
  const severity = severities.find((one) => one === c.req.param('severity'))
  const scope = scopes.find((one) => one === c.req.param('scope'))
  if (!severity || !scope) throw new NotFound(`ladder ${c.req.path}`)
  return { severity, scope }
}

/** Somebody else was first: theirs is shown, and the form says so from now on, so that who has seen it may go on. */
async function changedPage(c: Context<AppEnv>, listsAt: (version: number) => EditProps['lists']) {
  const { severity, scope } = ladderOf(c)
  const newest = await newestLadder(c.var.tools.db, severity, scope)
  return editPage(c, { lists: listsAt(newest?.version ?? 0), newer: newest?.steps ?? [] }, 409)
}

async function editPage(
  c: Context<AppEnv>,
  given: Pick<EditProps, 'lists' | 'problems' | 'checked' | 'newer'>,
  code: 200 | 409 | 422 = 200,
) {
  const { severity, scope } = ladderOf(c)
  const { db, config } = c.var.tools
  const is_special = scope !== 'all' && ((await newestLadder(db, severity, scope))?.steps.length ?? 0) > 0
  return page(
    c,
    <EditLadderPage {...{ severity, scope, is_special }} {...given} available={channelsOf(config)} />,
    code,
  )
}
