import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DropKeyPage, FileIntakePage, fileColumns, texts } from './page.tsx'
import { dropKeys, inboundFiles } from './queries.ts'
import { DropKeyForm, setDropKey, unknownCode } from './set-drop-key.ts'

const per_page = 30

export const fileIntakeRoutes = new Hono<AppEnv>()

fileIntakeRoutes.get('/drop', async (c) => page(c, <FileIntakePage {...(await shown(c))} />))

fileIntakeRoutes.get('/drop.csv', async (c) => {
  const { tools, language } = c.var
  return csv(c, {
    name: texts[language].title,
    columns: fileColumns(language),
    rows: await inboundFiles(tools.db, readerOf(c)).limit(csv_rows_max).execute(),
    label: () => labelOf.delivery,
  })
})

fileIntakeRoutes.post('/drop/keys', (c) => changeKey(c, true))
fileIntakeRoutes.post('/drop/keys/ending', (c) => changeKey(c, false))

async function shown(c: Context<AppEnv>) {
  const by = readerOf(c)
  const { db, config } = c.var.tools
  const found = await paged(inboundFiles(db, by), partAsked(c), per_page)
  const keys = await dropKeys(db, by)
  return { found, keys, is_on: config.file_drop !== undefined, may_set: may(by, 'drop.set-key') }
}

async function changeKey(c: Context<AppEnv>, is_on: boolean) {
  const by = readerOf(c)
  must(by, 'drop.set-key')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const again = async (problems: Problems) =>
    page(c, <FileIntakePage {...(await shown(c))} values={values} problems={problems} />, 422)
  const form = DropKeyForm(language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const answer = await setDropKey(tools, by, { ...form.data, is_on })
  if ('failed' in answer) {
    if (answer.failed === 'unknown') return again({ code: unknownCode(language) })
    return page(c, <FileIntakePage {...(await shown(c))} is_outdated />, 409)
  }
  if ('ended' in answer) return c.redirect('/drop', 303)
  const of = await tools.db
    .selectFrom('institution')
    .where('id', '=', answer.institution_id)
    .select(['name_ja', 'name_en'])
    .executeTakeFirstOrThrow()
  c.header('cache-control', 'no-store')
  return page(c, <DropKeyPage name={named(language, of)} value={answer.key} />)
}
