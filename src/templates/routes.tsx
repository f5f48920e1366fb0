import { Hono } from 'hono'
import { may, must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { formValues, problemsOf } from '#html/form-data.ts'
import { TemplatePage, TemplatesPage } from './pages.tsx'
import { currentTemplates, readTemplate, type Template, templateVersions } from './queries.ts'
import { removeTemplate, saveTemplate, TemplateForm, writeChoices } from './save-template.ts'

export const templateRoutes = new Hono<AppEnv>()

templateRoutes.get('/notice-templates', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  return page(
    c,
    <TemplatesPage templates={await currentTemplates(c.var.tools.db)} may_edit={may(by, 'template.edit')} />,
  )
})

templateRoutes.get('/notice-templates/new', (c) => {
  must(readerOf(c), 'template.edit')
  const values = { severity: 'urgent', label: 'green', kind: 'command_centre', answer_wanted: 'acknowledge' }
  return page(c, <TemplatePage template={null} values={values} />)
})

templateRoutes.post('/notice-templates', async (c) => {
  const by = readerOf(c)
  must(by, 'template.edit')
  const values = await formValues(c.req.raw)
  const form = TemplateForm(c.var.language).safeParse(values)
  if (!form.success)
    return page(c, <TemplatePage template={null} values={values} problems={problemsOf(form.error)} />, 422)
  await saveTemplate(c.var.tools, by, form.data, null)
  return c.redirect('/notice-templates', 303)
})

templateRoutes.get('/notice-templates/:code', async (c) => {
  must(readerOf(c), 'template.edit')
  const { db } = c.var.tools
  const template = await readTemplate(db, c.req.param('code'))
  const versions = await templateVersions(db, template.code)
  return page(c, <TemplatePage template={template} values={valuesOf(template)} versions={versions} />)
})

templateRoutes.post('/notice-templates/:code', async (c) => {
  const by = readerOf(c)
  must(by, 'template.edit')
  const { db } = c.var.tools
  const template = await readTemplate(db, c.req.param('code'))
  const values = await formValues(c.req.raw)
  const seen = { code: template.code, version: Number(values.version) }
  const form = TemplateForm(c.var.language).safeParse(values)
  if (!form.success)
    return page(c, <TemplatePage template={seen} values={values} problems={problemsOf(form.error)} />, 422)
  const saved = await saveTemplate(c.var.tools, by, form.data, seen)
  if ('failed' in saved) {
    const newer = await readTemplate(db, template.code)
    return page(c, <TemplatePage template={seen} values={values} newer={newer} />, 409)
  }
  return c.redirect('/notice-templates', 303)
})

templateRoutes.post('/notice-templates/:code/removal', async (c) => {
  await removeTemplate(c.var.tools, readerOf(c), c.req.param('code'))
  return c.redirect('/notice-templates', 303)
})

const valuesOf = ({ choices, answer_minutes, ...template }: Template): Record<string, string> => ({
  kind: template.kind,
  severity: template.severity,
  label: template.label,
  name_ja: template.name_ja,
  name_en: template.name_en,
  subject_ja: template.subject_ja,
  subject_en: template.subject_en,
  text_ja: template.text_ja,
  text_en: template.text_en,
  answer_wanted: template.answer_wanted,
  choices: writeChoices(choices),
  answer_minutes: answer_minutes === null ? '' : String(answer_minutes),
})
