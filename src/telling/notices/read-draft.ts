import type { Context } from 'hono'
import type { Mode } from '#ground/db/tables.ts'
import { formLists, formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { type AppEnv, readerOf } from '#ground/tools/tools.ts'
import { AudienceForm, nobody, searchIn } from '#telling/audience/index.ts'
import { blank_prefix, blanksIn, fillFromFields } from './blanks.ts'
import { checkDraft } from './check-draft.ts'
import { composePage, type Writing } from './compose.tsx'
import type { Values } from './compose-page.tsx'
import { formMessages } from './form-messages.ts'
import { keepUploads } from './keep-uploads.ts'
import { NoticeForm } from './notice-form.ts'

/** Reads the posted form: the draft that it says, or the same page with the person's own words and what is wrong. */
export async function readDraft(c: Context<AppEnv>, writing: Writing, posted: FormData) {
  const by = readerOf(c)
  const { tools, language } = c.var
  const at = tools.clock()
  const say = formMessages[language]
  const { kind, notice, before } = writing
  const written = await formValues(posted)
  const values = fillFromFields(written)
  const lists = await formLists(posted)
  const ids = (name: string) => (lists[name] ?? []).filter((id) => /^[0-9a-f-]{36}$/.test(id))
  const attachment_ids = ids('attachment_ids')
  const files = posted.getAll('attachments').filter((file) => file instanceof File && file.name !== '') as File[]
  const kept = await keepUploads(tools, by, { files, upload_ids: ids('upload_ids'), others: attachment_ids.length })
  const upload_ids = kept.uploads.map(({ id }) => id)

  const files_wrong: Problems =
    kept.wrong.length > 0
      ? {
          attachments: kept.wrong.map(({ name, wrong }) => say.file(name, wrong)).join(language === 'ja' ? '。' : '. '),
        }
      : upload_ids.length < ids('upload_ids').length
        ? { attachments: say.uploads }
        : {}
  const again = (said: Values, problems: Problems, code: 200 | 422) => () =>
    composePage(
      c,
      writing,
      { values: said, chosen: lists, problems: asAsked(problems), upload_ids, attachment_ids },
      code,
    )
  // The same form with what was found in it: nothing is judged before it is put forward, but a file is never lost unsaid.
  if (!before && searchIn(lists)) return { draft: null, again: again(written, files_wrong, 200) }

  const form = NoticeForm(language, { kind, now: at }).safeParse(values)
  const audience = before ? { success: true as const, data: nobody } : AudienceForm(language).safeParse(lists)
  const problems: Problems = {
    ...(form.error && problemsOf(form.error)),
    ...Object.fromEntries(blanksIn(values).map((what) => [blank_prefix + what, say.blank(what)])),
    ...('error' in audience && audience.error && problemsOf(audience.error)),
    ...files_wrong,
  }
  let mode: Mode = notice?.mode ?? before?.mode ?? 'test'
  if (form.success && audience.success && Object.keys(problems).length === 0) {
    const checked = await checkDraft(
      tools.db,
      {
        ...form.data,
        kind,
        audience: audience.data,
        replaces_id: before?.id ?? null,
        begun_in: notice?.mode ?? before?.mode ?? null,
      },
      at,
    )
    mode = checked.mode
    for (const { field, because } of checked.against) problems[field] ??= say[because]
    if (checked.against.length === 0) {
      const { mode: _chosen, version, idempotency_key, ...said } = form.data
      const draft = {
        ...said,
        kind,
        replaces_id: before?.id ?? null,
        audience: audience.data,
        attach: { upload_ids, attachment_ids },
      }
      return { draft, mode, version, idempotency_key, again: null }
    }
  }
  return { draft: null, again: again(values, problems, 422) }
}

const asked_first = ['belongs_to', 'official_notice_id', 'severity', 'audience']

/** In the order in which the page asks: the audience, which a form of its own reads, stands above the words. */
function asAsked(problems: Problems): Problems {
  const place = (name: string) => (asked_first.includes(name) ? asked_first.indexOf(name) : asked_first.length)
  return Object.fromEntries(Object.entries(problems).sort(([one], [other]) => place(one) - place(other)))
}
