import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { EditTemplatePage } from './edit-page.tsx'
import { TemplatePage, TemplatesPage } from './pages.tsx'
import {
  currentTemplates,
  findTemplate,
  readTemplate,
  readVersion,
  type Template,
  templateVersions,
} from './queries.ts'
import { removeTemplate } from './remove-template.ts'
import { saveTemplate } from './save-template.ts'
import { TemplateForm, writeChoices } from './template-form.ts'

export const templateRoutes = new Hono<AppEnv>()

templateRoutes.get('/notice-templates', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const templates = await currentTemplates(c.var.tools.db)
  return page(
    c,
    <TemplatesPage templates={templates} may_edit={may(by, 'template.edit')} may_use={may(by, 'notice.draft')} />,
  )
})

templateRoutes.get('/notice-templates/new', (c) => {
  must(readerOf(c), 'template.edit')
  const values = { severity: 'urgent', label: 'green', kind: 'command_centre', answer_wanted: 'acknowledge' }
  return page(c, <EditTemplatePage code={null} values={{ ...values, ...fresh() }} />)
})

templateRoutes.get('/notice-templates/:code', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db } = c.var.tools
  const code = c.req.param('code')
  const asked = c.req.query('version')
  if (asked !== undefined && !/^[1-9]\d{0,8}$/.test(asked)) throw new NotFound(`version ${asked}`)
  const template = asked ? await readVersion(db, code, Number(asked)) : await findTemplate(db, code)
  if (!template) throw new NotFound(`template ${code}`)
  const versions = await templateVersions(db, code)
  return page(
    c,
    <TemplatePage
      template={template}
      versions={versions}
      may_edit={may(by, 'template.edit')}
      may_use={may(by, 'notice.draft')}
    />,
  )
})

templateRoutes.get('/notice-templates/:code/edit', async (c) => {
  must(readerOf(c), 'template.edit')
  const template = await readTemplate(c.var.tools.db, c.req.param('code'))
  return page(c, <EditTemplatePage code={template.code} values={valuesOf(template)} />)
})

templateRoutes.post('/notice-templates', (c) => save(c, null))
templateRoutes.post('/notice-templates/:code', (c) => save(c, c.req.param('code')))

templateRoutes.post('/notice-templates/:code/removal', async (c) => {
  await removeTemplate(c.var.tools, readerOf(c), c.req.param('code'))
  return c.redirect('/notice-templates', 303)
})

async function save(c: Context<AppEnv>, code: string | null) {
  const by = readerOf(c)
  must(by, 'template.edit')
  const { tools, language } = c.var
  if (code && !(await findTemplate(tools.db, code))) throw new NotFound(`template ${code}`)
  const values = await formValues(c.req.raw)
  const form = TemplateForm(language).safeParse(values)
  if (!form.success)
    return page(c, <EditTemplatePage code={code} values={values} problems={problemsOf(form.error)} />, 422)

  const saved = await saveTemplate(tools, by, code, form.data)
  if (!saved.failed) return c.redirect(`/notice-templates/${saved.code}`, 303)
  if (saved.failed === 'removed')
    return page(c, <EditTemplatePage code={null} values={{ ...values, ...fresh() }} was_removed />, 409)
  const newer = await readTemplate(tools.db, code ?? form.data.code ?? '')
  // With the newest version in the form, so that who has now seen it may go on.
  const now_seen = { ...values, version: String(newer.version) }
  return page(c, <EditTemplatePage code={newer.code} values={now_seen} newer={valuesOf(newer)} />, 409)
}

const fresh = () => ({ version: '0', code: randomUUID() })

const valuesOf = ({ choices, answer_minutes, ...template }: Template): Record<string, string> => ({
  name_ja: template.name_ja,
  name_en: template.name_en,
  kind: template.kind,
  severity: template.severity,
  label: template.label,
  subject_ja: template.subject_ja,
  subject_en: template.subject_en,
  text_ja: template.text_ja,
  text_en: template.text_en,
  answer_wanted: template.answer_wanted,
  choices: writeChoices(choices),
  answer_minutes: answer_minutes === null ? '' : String(answer_minutes),
  version: String(template.version),
})
