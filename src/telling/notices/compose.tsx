import type { Context } from 'hono'
import type { NoticeKind } from '#ground/db/tables.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { audienceValues, type Lists, nobody, readAudienceChoices } from '#telling/audience/index.ts'
import { ComposePage, type Values } from './compose-page.tsx'
import { findUploads } from './keep-uploads.ts'
import { attachmentsOf, type NoticeView, officialNotices, reachedBy } from './queries.ts'

/** What is being written: a new notice, the draft `notice`, or what replaces the notice `before`. */
export type Writing = { kind: NoticeKind; notice: NoticeView | null; before: NoticeView | null }
type Filled = {
  values: Values
  chosen: Lists
  problems?: Problems
  upload_ids?: readonly string[]
  /** Attachments that were unticked. */
  attachment_ids?: readonly string[] | undefined
}

/** The form with everything that it lets choose from. */
export async function composePage(
  c: Context<AppEnv>,
  { kind, notice, before }: Writing,
  { values, chosen, problems = {}, upload_ids = [], attachment_ids }: Filled,
  code: 200 | 409 | 422 = 200,
) {
  const by = readerOf(c)
  const { tools, open } = c.var
  const { db, clock } = tools
  const situation_id = values.belongs_to?.includes('-') ? values.belongs_to : undefined
  const [attached, uploads, officials, audience] = await Promise.all([
    attachedTo(db, notice ?? before),
    findUploads(db, by, upload_ids),
    kind === 'official' ? officialNotices(db) : [],
    before
      ? reachedBy(db, before.id).then(({ length }) => ({
          ...{ reached: length, id: before.id, subject_ja: before.subject_ja, subject_en: before.subject_en },
        }))
      : readAudienceChoices(db, clock(), { situation_id }).then((choices) => ({ choices, chosen })),
  ])
  const without = attachment_ids && attached.map(({ id }) => id).filter((id) => !attachment_ids.includes(id))
  return page(
    c,
    <ComposePage
      kind={kind}
      action={notice ? `/notices/${notice.id}` : '/notices'}
      values={values}
      begun_in={notice?.mode ?? before?.mode ?? null}
      audience={audience}
      situations={open}
      officials={officials}
      files={{ attached, uploads, without }}
      problems={problems}
    />,
    code,
  )
}

const attachedTo = async (db: Parameters<typeof attachmentsOf>[0], notice: NoticeView | null) =>
  notice ? (await attachmentsOf(db, notice.id)).filter(({ is_original }) => !is_original) : []

/** What was chosen before, for a form that is opened. */
export const chosenOf = (audience: unknown): Lists => audienceValues({ ...nobody, ...(audience as object) })
