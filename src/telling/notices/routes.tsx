import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { writtenKinds } from '#delivery/deliveries/index.ts'
import type { NoticeKind } from '#ground/db/tables.ts'
import { handOut } from '#ground/files/hand-out.ts'
import { formValues, readForm } from '#ground/html/form-data.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { audienceValues } from '#telling/audience/index.ts'
import { currentTemplates, readTemplate } from '#telling/templates/index.ts'
import { changeNotice } from './change-notice.ts'
import { chosenOf, composePage, type Writing } from './compose.tsx'
import { draftNotice } from './draft-notice.ts'
import { formMessages } from './form-messages.ts'
import { NoticesPage } from './list-page.tsx'
import { NewNoticePage } from './new-page.tsx'
import {
  audienceOfOfficial,
  gatheringValues,
  reopenedValues,
  usualValues,
  valuesOfNotice,
  valuesOfOfficial,
  valuesOfTemplate,
} from './prefill.ts'
import { type Filter, type Listed, listed, noticesLike, readAttachment, readNotice } from './queries.ts'
import { readDraft } from './read-draft.ts'
import { refuse } from './refuse.tsx'
import { releaseRoutes } from './release-routes.tsx'
import { situationOf } from './within-situation.ts'

const notices_per_page = 50
const isId = (text: string | undefined) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')

export const noticeRoutes = new Hono<AppEnv>()

noticeRoutes.get('/notices', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.see')
  const { mode, shown, situation } = c.req.query()
  const filter: Filter = {
    mode: mode === 'actual' || mode === 'exercise' || mode === 'test' ? mode : undefined,
    shown: (listed as readonly string[]).includes(shown ?? '') ? (shown as Listed) : undefined,
    situation_id: isId(situation) ? situation : undefined,
  }
  const found = await paged(noticesLike(c.var.tools.db, by, filter), partAsked(c), notices_per_page)
  return page(
    c,
    <NoticesPage found={found} filter={filter} may_write={may(by, 'notice.draft')} situations={c.var.open} />,
  )
})

noticeRoutes.get('/notices/new', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { db, clock } = c.var.tools
  const { kind, situation, template: code, replaces, official, about } = c.req.query()
  const key = { idempotency_key: randomUUID() }
  const belongs_to = isId(situation) && situation ? situation : ''
  if (replaces) {
    const before = await readNotice(db, by, replaces)
    if (before.state !== 'released' || before.replaced_by_id) return refuse(c, before.id, 'replaced')
    const values = { ...valuesOfNotice(before, clock()), ...key, replaces_id: before.id, repeat_minutes: '' }
    return composePage(c, { kind: 'correction', notice: null, before }, { values, chosen: {} })
  }
  if (code) {
    const template = await readTemplate(db, code)
    const values = { ...valuesOfTemplate(template, belongs_to, clock()), ...key }
    const within = belongs_to ? await situationOf(db, belongs_to) : null
    const audience = within?.asks ? audienceValues(within.asks) : {}
    return composePage(c, { kind: template.kind, notice: null, before: null }, { values, chosen: audience })
  }
  const chosen = writtenKinds.find((one) => one === kind)
  if (!chosen) return page(c, <NewNoticePage situation_id={belongs_to} templates={await currentTemplates(db)} />)
  const within = belongs_to ? await situationOf(db, belongs_to) : null
  const document = chosen === 'official' && isId(official) && official ? await documentOf(c, official) : null
  const values = {
    ...usualValues(chosen, belongs_to, clock()),
    ...(chosen === 'report_request' && within?.asks && gatheringValues),
    ...(about === 'reopening' && reopenedValues),
    ...(document && valuesOfOfficial(document)),
    // What is passed on is of the mode of the document, whatever else is chosen.
    ...(document && !belongs_to && { belongs_to: `none:${document.mode}` }),
    ...key,
  }
  // A gathering is for its own audience; otherwise everyone is asked to report unless somebody says otherwise.
  const audience = within?.asks
    ? audienceValues(within.asks)
    : chosen === 'report_request'
      ? { everyone: ['yes'] }
      : document
        ? audienceOfOfficial(document)
        : {}
  return composePage(c, { kind: chosen, notice: null, before: null }, { values, chosen: audience })
})

async function documentOf(c: Context<AppEnv>, id: string) {
  const official = await c.var.tools.db
    .selectFrom('official_notice')
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!official) throw new NotFound(`official notice ${id}`)
  return official
}

noticeRoutes.post('/notices', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { tools } = c.var
  const posted = await readForm(c.req.raw)
  const { kind, replaces_id } = await formValues(posted)
  const writing = await writingOf(c, kind, replaces_id)
  if (!writing) return page(c, <NewNoticePage situation_id="" templates={await currentTemplates(tools.db)} />, 422)
  const read = await readDraft(c, writing, posted)
  if (read.again) return read.again()
  const { draft, mode, idempotency_key = randomUUID() } = read
  const { id } = await draftNotice(tools, by, { ...draft, mode, idempotency_key })
  return c.redirect(`/notices/${id}/check`, 303)
})

async function writingOf(
  c: Context<AppEnv>,
  kind: string | undefined,
  replaces_id: string | undefined,
): Promise<Writing | null> {
  if (kind === 'correction' && isId(replaces_id) && replaces_id)
    return { kind, notice: null, before: await readNotice(c.var.tools.db, readerOf(c), replaces_id) }
  const chosen = writtenKinds.find((one) => one === kind)
  return chosen ? { kind: chosen, notice: null, before: null } : null
}

noticeRoutes.get('/notices/:id/edit', async (c) => {
  must(readerOf(c), 'notice.draft')
  const writing = await writingOn(c, c.req.param('id'))
  const { notice } = writing
  if (notice.state !== 'draft' && notice.state !== 'submitted') return refuse(c, notice.id, 'released')
  const values = { ...valuesOfNotice(notice, c.var.tools.clock()), version: String(notice.version) }
  return composePage(c, writing, { values, chosen: chosenOf(notice.audience) })
})

noticeRoutes.post('/notices/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { tools, language } = c.var
  const writing = await writingOn(c, c.req.param('id'))
  const { notice } = writing
  const posted = await readForm(c.req.raw)
  const read = await readDraft(c, writing, posted)
  if (read.again) return read.again()
  const changed = await changeNotice(tools, by, { ...read.draft, id: notice.id, version: read.version })
  if (!('failed' in changed)) return c.redirect(`/notices/${notice.id}/check`, 303)
  if (changed.failed === 'released') return refuse(c, notice.id, 'released', Object.entries(await formValues(posted)))
  // With the newest version in the form, so that who has now been told may go on.
  const now = await readNotice(tools.db, by, notice.id)
  const values = { ...(await formValues(posted)), version: String(now.version) }
  const { upload_ids, attachment_ids } = read.draft.attach
  const problems = { subject_ja: formMessages[language].changed }
  return composePage(
    c,
    { ...writing, notice: now },
    { values, chosen: chosenOf(read.draft.audience), problems, upload_ids, attachment_ids },
    409,
  )
})

async function writingOn(c: Context<AppEnv>, id: string) {
  const by = readerOf(c)
  const { db } = c.var.tools
  const notice = await readNotice(db, by, id)
  const before = notice.replaces_id ? await readNotice(db, by, notice.replaces_id) : null
  return { kind: notice.kind as NoticeKind, notice, before }
}

noticeRoutes.get('/notices/:id/attachments/:attachment', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const file = await readAttachment(c.var.tools.db, by, c.req.param('id'), c.req.param('attachment'))
  return handOut(c, { ...file, size: file.content.length }, new Uint8Array(file.content))
})

noticeRoutes.route('/', releaseRoutes)
