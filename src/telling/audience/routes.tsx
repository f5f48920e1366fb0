import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { formLists, formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AudienceForm, audienceValues, type Lists } from './audience-form.ts'
import { AudienceNamesPage, namesAsked } from './audience-names.tsx'
import { readAudienceNames } from './audience-said.tsx'
import { readAudienceChoices } from './choices.ts'
import { searchIn } from './find-institutions.ts'
import { GroupForm, groupMessages } from './group-form.ts'
import { EditGroupPage, GroupPage, type GroupShown, GroupsPage } from './group-pages.tsx'
import { allGroups, listGroups, readGroup, usersOf } from './groups.ts'
import { previewAudience } from './preview.ts'
import { removeGroup } from './remove-group.ts'
import { saveGroup } from './save-group.ts'

export const audienceRoutes = new Hono<AppEnv>()

audienceRoutes.get('/audiences', async (c) => {
  const by = readerOf(c)
  must(by, 'audience.see')
  const { db, clock } = c.var.tools
  return page(c, <GroupsPage groups={await listGroups(db, clock())} may_edit={may(by, 'audience.edit')} />)
})

audienceRoutes.get('/audiences/new', (c) => {
  must(readerOf(c), 'audience.edit')
  return editPage(c, { id: null, values: { version: '0', idempotency_key: randomUUID() }, chosen: {} })
})

audienceRoutes.get('/audiences/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'audience.see')
  return page(c, <GroupPage {...(await readShown(c, c.req.param('id')))} may_edit={may(by, 'audience.edit')} />)
})

audienceRoutes.get('/audiences/:id/institutions', async (c) => {
  must(readerOf(c), 'audience.see')
  const { db, clock } = c.var.tools
  const { id, audience } = await readGroup(db, c.req.param('id'))
  const { institutions, unreachable } = await previewAudience(db, audience, clock())
  return page(
    c,
    <AudienceNamesPage
      addressed={{ all: institutions, unreachable }}
      asked={namesAsked(c.req.query())}
      path={`/audiences/${id}/institutions`}
      back={`/audiences/${id}`}
    />,
  )
})

audienceRoutes.get('/audiences/:id/edit', async (c) => {
  must(readerOf(c), 'audience.edit')
  const { id, name_ja, name_en, version, audience, removed_at } = await readGroup(c.var.tools.db, c.req.param('id'))
  if (removed_at) return c.redirect(`/audiences/${id}`, 303)
  return editPage(c, { id, values: { name_ja, name_en, version: String(version) }, chosen: audienceValues(audience) })
})

audienceRoutes.on('POST', ['/audiences', '/audiences/:id'], async (c) => {
  const by = readerOf(c)
  must(by, 'audience.edit')
  const { tools, language } = c.var
  const id = c.req.param('id') ?? null
  const posted = await readForm(c.req.raw)
  const [values, chosen] = [await formValues(posted), await formLists(posted)]
  if (searchIn(chosen)) return editPage(c, { id, values, chosen })
  const form = GroupForm(language).safeParse(values)
  const audience = AudienceForm(language).safeParse(chosen)
  if (!form.success || !audience.success) {
    const problems = {
      ...(form.error && problemsOf(form.error)),
      ...(audience.error && problemsOf(audience.error)),
    }
    return editPage(c, { id, values, chosen, problems }, 422)
  }
  const saved = await saveGroup(tools, by, id, { ...form.data, audience: audience.data })
  if (!saved.failed) return c.redirect(`/audiences/${saved.id}`, 303)

  const say = groupMessages[language]
  if (saved.failed === 'circle')
    return editPage(c, { id, values, chosen, problems: { audience: say.circle(named(language, saved.through)) } }, 422)
  if (saved.failed === 'name_ja' || saved.failed === 'name_en')
    return editPage(c, { id, values, chosen, problems: { [saved.failed]: say.name_taken } }, 422)
  if (saved.failed === 'removed') {
    const fresh = { ...values, version: '0', idempotency_key: randomUUID() }
    return editPage(c, { id: null, values: fresh, chosen, problems: { name_ja: say.removed } }, 409)
  }
  const group = await readGroup(tools.db, id ?? form.data.idempotency_key ?? '')
  const now = { group, names: await readAudienceNames(tools.db, group.audience) }
  // With the newest version in the form, so that who has now seen it may go on.
  const seen = { ...values, version: String(group.version) }
  return editPage(c, { id: group.id, values: seen, chosen, problems: { name_ja: say.outdated }, now }, 409)
})

audienceRoutes.post('/audiences/:id/removal', async (c) => {
  const by = readerOf(c)
  must(by, 'audience.edit')
  const { tools, language } = c.var
  const id = c.req.param('id')
  const { used_known } = await formValues(c.req.raw)
  const { failed } = await removeGroup(tools, by, id, { is_used_known: used_known === 'yes' })
  if (!failed) return c.redirect('/audiences', 303)
  const problems = { used_known: groupMessages[language].used }
  return page(c, <GroupPage {...(await readShown(c, id))} may_edit problems={problems} />, 422)
})

async function readShown(c: Context<AppEnv>, id: string): Promise<GroupShown> {
  const { db, clock } = c.var.tools
  const group = await readGroup(db, id)
  const [names, preview, all] = await Promise.all([
    readAudienceNames(db, group.audience),
    previewAudience(db, group.audience, clock()),
    allGroups(db),
  ])
  return { group, names, preview, users: usersOf(all, id) }
}

type Edited = Pick<Parameters<typeof EditGroupPage>[0], 'id' | 'values' | 'now'> & {
  chosen: Lists
  problems?: Problems
}

async function editPage(c: Context<AppEnv>, edited: Edited, code: 200 | 409 | 422 = 200) {
  const { db, clock } = c.var.tools
  const choices = await readAudienceChoices(db, clock(), { group_id: edited.id ?? undefined })
  return page(c, <EditGroupPage {...edited} choices={choices} />, code)
}
