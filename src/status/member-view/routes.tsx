import { type Context, Hono } from 'hono'
import { isActive } from '#directory/institutions/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { type DecideFailed, decideView } from './decide-view.ts'
import { CheckViewPage, EditViewPage, valuesOf } from './edit-page.tsx'
import { proposeView } from './propose-view.ts'
import { newestView, toldInOpen, viewInForce, viewVersions, waitingView } from './queries.ts'
import { ViewForm } from './view-form.ts'
import { MemberViewPage } from './view-page.tsx'

export const memberViewRoutes = new Hono<AppEnv>()

memberViewRoutes.get('/member-view', (c) => show(c))

memberViewRoutes.get('/member-view/edit', async (c) => {
  must(readerOf(c), 'member-view.propose')
  const newest = await newestView(c.var.tools.db)
  return page(c, <EditViewPage values={valuesOf(newest.version, newest)} />)
})

memberViewRoutes.post('/member-view/check', async (c) => {
  must(readerOf(c), 'member-view.propose')
  const values = await formValues(c.req.raw)
  if (values.change) return page(c, <EditViewPage values={values} />)
  const form = ViewForm(c.var.language).safeParse(values)
  if (!form.success) return page(c, <EditViewPage values={values} problems={problemsOf(form.error)} />, 422)
  const { in_force, ...about } = await aboutOf(c)
  return page(c, <CheckViewPage values={values} now_seen={in_force} then_seen={form.data} {...about} />)
})

memberViewRoutes.post('/member-view', async (c) => {
  const by = readerOf(c)
  must(by, 'member-view.propose')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const form = ViewForm(language).safeParse(values)
  if (!form.success) return page(c, <EditViewPage values={values} problems={problemsOf(form.error)} />, 422)
  const proposed = await proposeView(tools, by, form.data)
  if (!proposed.failed) return c.redirect('/member-view', 303)
  // With the newest version in the form, so that who has now seen it may go on.
  const version = String((await newestView(tools.db)).version)
  return page(c, <EditViewPage values={{ ...values, version }} failed={proposed.failed} />, 409)
})

memberViewRoutes.post('/member-view/:version/agreement', (c) => decide(c, 'agreed'))
memberViewRoutes.post('/member-view/:version/refusal', (c) => decide(c, 'refused'))

async function decide(c: Context<AppEnv>, decision: 'agreed' | 'refused') {
  const by = readerOf(c)
  must(by, 'member-view.decide')
  const version = c.req.param('version') ?? ''
  if (!/^[1-9]\d{0,8}$/.test(version)) throw new NotFound(`proposal ${version} of what members see`)
  const decided = await decideView(c.var.tools, by, Number(version), decision)
  return decided.failed ? show(c, decided.failed) : c.redirect('/member-view', 303)
}

async function show(c: Context<AppEnv>, failed?: DecideFailed) {
  must(readerOf(c), 'situation.see')
  const versions = await viewVersions(c.var.tools.db)
  return page(
    c,
    <MemberViewPage {...(await aboutOf(c))} versions={versions} waiting={waitingView(versions)} failed={failed} />,
    failed ? 409 : 200,
  )
}

/** What a change is held against: what is in force, how many it is about, and what those were told who have filed. */
async function aboutOf(c: Context<AppEnv>) {
  const { db, whole, clock } = c.var.tools
  const at = clock()
  const [in_force, told, { participants }] = await Promise.all([
    viewInForce(db, at),
    toldInOpen(
      whole,
      c.var.open.map(({ id }) => id),
    ),
    db
      .selectFrom('institution')
      .where('is_infrastructure', '=', false)
      .where(isActive(at))
      .select(({ fn }) => fn.countAll<string>().as('participants'))
      .executeTakeFirstOrThrow(),
  ])
  return { in_force, told, participants: Number(participants) }
}
