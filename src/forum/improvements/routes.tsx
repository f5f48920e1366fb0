import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { dayAt } from '#ground/html/day.tsx'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { differencesOf } from '#ground/register/history.tsx'
import { readItem } from '#ground/register/items.ts'
import { partRoutes } from '#ground/register/part-routes.tsx'
import { reviewsDue } from '#ground/register/review-item.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { fileColumns } from './columns.tsx'
import { EditImprovementPage } from './edit-page.tsx'
import { comparedOf, fieldWords } from './field-words.ts'
import { formMessages, ImprovementForm } from './improvement-form.ts'
import { improvementWords } from './improvement-words.ts'
import { ImprovementsPage } from './list-page.tsx'
import { countStates, improvementsLike, modesPresent, ownersPresent, readFilter } from './list-queries.ts'
import { type ImprovementVersion, saidOf, situationOf, versionsOf } from './queries.ts'
import { saveImprovement } from './save-improvement.ts'
import { candidates, showImprovement } from './show-improvement.tsx'
import { StepForm, stepMessages, takeStep } from './take-step.ts'

const per_page = 50
const reviews_max = 10

export const improvementRoutes = new Hono<AppEnv>()

improvementRoutes.get('/improvements', async (c) => {
  const by = readerOf(c)
  must(by, 'improvement.see')
  const { db, clock } = c.var.tools
  const filter = readFilter((name) => c.req.query(name))
  const today = dayAt(clock())
  return page(
    c,
    <ImprovementsPage
      found={await paged(improvementsLike(db, by, filter, today), partAsked(c), per_page)}
      filter={filter}
      counts={await countStates(db, by, filter.mode, today)}
      modes={await modesPresent(db, by)}
      owners={await ownersPresent(db, by, filter.mode)}
      reviews={await reviewsDue(db, by, today, reviews_max)}
      may_edit={may(by, 'improvement.edit')}
    />,
  )
})

improvementRoutes.get('/improvements.csv', async (c) => {
  const by = readerOf(c)
  must(by, 'improvement.see')
  const { db, clock } = c.var.tools
  const filter = readFilter((name) => c.req.query(name))
  const rows = await improvementsLike(db, by, filter, dayAt(clock())).limit(csv_rows_max).execute()
  const { language } = c.var
  const label = (row: (typeof rows)[number]) => row.label
  return csv(c, { name: improvementWords[language].name, columns: fileColumns(language), rows, label })
})

improvementRoutes.get('/improvements/new', async (c) => {
  must(readerOf(c), 'improvement.edit')
  return editPage(c, null, { ...(await begun(c, c.req.query('from') ?? '')), ...fresh() })
})

improvementRoutes.get('/improvements/:id', async (c) => {
  must(readerOf(c), 'improvement.see')
  return showImprovement(c, c.req.param('id'))
})

improvementRoutes.get('/improvements/:id/edit', async (c) => {
  const by = readerOf(c)
  must(by, 'improvement.edit')
  const { db } = c.var.tools
  const { id } = await readItem(db, by, 'improvement', c.req.param('id'))
  const [improvement] = await versionsOf(db, id)
  return editPage(c, id, valuesOf(improvement))
})

improvementRoutes.post('/improvements', (c) => save(c, null))
improvementRoutes.post('/improvements/:id', (c) => save(c, c.req.param('id')))

improvementRoutes.post('/improvements/:id/step', async (c) => {
  const by = readerOf(c)
  must(by, 'improvement.edit')
  const { tools, language } = c.var
  const id = c.req.param('id')
  const sent = await formValues(c.req.raw)
  // The page has a form for each step, each with a reason of its own.
  const reason = `reason_${sent.to}`
  const values: Record<string, string> = { ...sent, reason: sent[reason] ?? sent.reason ?? '' }
  const again = (problems: Problems, code: 409 | 422, seen?: number) =>
    showImprovement(c, id, { step: { values, problems }, code, seen })
  const form = StepForm(language).safeParse(values)
  if (!form.success) {
    const { reason: missing, ...others } = problemsOf(form.error)
    return again({ ...(missing && { [reason]: missing }), ...others }, 422)
  }
  const { failed } = await takeStep(tools, by, id, form.data)
  if (!failed) return c.redirect(`/improvements/${id}`, 303)
  if (failed === 'outdated') return again({}, 409, form.data.version)
  const say = stepMessages[language]
  const field =
    failed === 'proof' ? 'evidence' : failed === 'another' || failed === 'owner' || failed === 'to' ? reason : failed
  return again({ [field]: say[failed] }, 422)
})

improvementRoutes.route(
  '/',
  partRoutes('improvement', (c, id, part) => showImprovement(c, id, { part, code: 422 })),
)

async function save(c: Context<AppEnv>, id: string | null) {
  const by = readerOf(c)
  must(by, 'improvement.edit')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const form = ImprovementForm(language).safeParse(values)
  if (!form.success) return editPage(c, id, withKey(values), { problems: problemsOf(form.error), code: 422 })
  const saved = await saveImprovement(tools, by, id, form.data)
  if (!saved.failed) return c.redirect(`/improvements/${saved.id}`, 303)
  const say = formMessages[language]
  const known = id ?? form.data.key
  if (saved.failed === 'closed') return editPage(c, id, values, { closed: say.closed, code: 409 })
  if (saved.failed === 'outdated' && known) {
    const versions = await versionsOf(tools.db, known)
    const [now] = versions
    // Who has now seen the newest may go on over it; theirs is on the left, what it says now on the right.
    const ours = { ...comparedOf(now), ...ownWords(form.data, now) }
    const differences = differencesOf(ours, comparedOf(now), fieldWords(language, tools.clock(), versions))
    return editPage(c, known, { ...values, version: String(now.version) }, { newer: differences, code: 409 })
  }
  const field = { needs_owner: 'owner_person_id', needs_day: 'due_on', outdated: 'title' } as const
  const name = saved.failed in field ? field[saved.failed as keyof typeof field] : saved.failed
  return editPage(c, id, withKey(values), {
    problems: { [name]: saved.failed === 'outdated' ? say.title : say[saved.failed] },
    code: 422,
  })
}

/** What somebody wrote, as a version has it; who answers for it stays out where the form has it by code. */
function ownWords(form: ImprovementForm, now: ImprovementVersion) {
  const { title, label, finding, source, about, action, owner_person_id, due_on } = form
  const owner_institution_id = form.owner_institution === (now.code ?? '') ? now.owner_institution_id : null
  return { title, label, finding, source, about, action, owner_person_id, owner_institution_id, due_on }
}

type Again = {
  problems?: Problems
  newer?: React.ComponentProps<typeof EditImprovementPage>['newer']
  closed?: string
  code?: 409 | 422
}

async function editPage(
  c: Context<AppEnv>,
  id: string | null,
  values: Record<string, string>,
  { code, ...again }: Again = {},
) {
  const { db } = c.var.tools
  const item = id ? await readItem(db, readerOf(c), 'improvement', id) : null
  const [improvement] = item ? await versionsOf(db, item.id) : []
  return page(
    c,
    <EditImprovementPage
      id={id}
      mode={item?.mode ?? 'actual'}
      values={values}
      people={await candidates(db, improvement)}
      {...again}
    />,
    code ?? 200,
  )
}

const fresh = () => ({ version: '0', key: randomUUID() })
/** A form without its key is a form without a first press: it gets one now. */
const withKey = (values: Record<string, string>) => ({ ...values, key: values.key || randomUUID() })

/** What a form begins with that was opened from a page of this portal: what kind of finding that is, and where it came from. */
async function begun(c: Context<AppEnv>, from: string): Promise<Record<string, string>> {
  const usual = { label: labelOf.improvement, source: 'peacetime_use' }
  if (!/^\/[\w-][\w/-]{0,200}$/.test(from)) return usual
  const situation = await situationOf(c.var.tools.db, from)
  if (!situation) return { ...usual, about: from }
  // What a drill has shown is no drill itself.
  const source = { actual: 'situation', exercise: 'exercise', test: 'inspection' }[situation.mode]
  return { label: situation.label, source, about: from }
}

const valuesOf = (improvement: ImprovementVersion): Record<string, string> => {
  const { owner_person_id, owner_institution_id: _, due_on, ...said } = saidOf(improvement)
  return {
    ...said,
    owner_person_id: owner_person_id ?? '',
    owner_institution: improvement.code ?? '',
    due_on: due_on ?? '',
    version: String(improvement.version),
  }
}
