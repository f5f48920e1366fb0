import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { formValues } from '#ground/html/form-data.ts'
import { csv } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked, windowOf } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { exportTrail } from './export-trail.ts'
import { TrailPage, trailColumns } from './pages.tsx'
import { countOlder, nameOf, situationsToAsk, trailLines } from './queries.ts'
import { readingsOf } from './readings.ts'
import { ReadingsPage } from './readings-page.tsx'
import { isId, placesOf, readSought } from './sought.ts'
import { trailTexts } from './texts.ts'

/** Fewer than of readings: what a line says beside its action is words. */
const lines_per_page = 30
const readings_per_page = 50

export const trailRoutes = new Hono<AppEnv>()

trailRoutes.get('/trail', async (c) => {
  must(readerOf(c), 'trail.read')
  const { db, whole } = c.var.tools
  const { sought, wrong } = readSought((name) => c.req.query(name))
  const places = sought.situation === '' ? null : await placesOf(whole, sought.situation)
  const before = lineAsked(c)
  const { size } = partAsked(c)
  const { limit } = windowOf({ page: 1, size }, lines_per_page)
  const lines = await trailLines(db, { sought, places, before, limit: limit + 1 })
  const last = lines.length > limit ? lines[limit - 1]?.id : undefined
  // Counted for paper alone: the trail is long.
  const counted = size === 'all' && last ? await countOlder(db, { sought, places, before: last }) : null
  const older = last ? { before: last, count: counted } : null
  const of = isId(sought.person) ? await nameOf(db, sought.person) : null
  const say = trailTexts[c.var.language]
  return page(
    c,
    <TrailPage
      lines={lines.slice(0, limit)}
      {...{ sought, before, older, size }}
      person={of}
      situations={await situationsToAsk(db, sought.situation)}
      problems={Object.fromEntries(wrong.map((name) => [name, say.time_wrong]))}
    />,
    wrong.length > 0 ? 422 : 200,
  )
})

trailRoutes.post('/trail/export', async (c) => {
  const by = readerOf(c)
  must(by, 'trail.export')
  const { tools, language } = c.var
  const values = await formValues(c.req.raw)
  const { sought } = readSought((name) => values[name])
  return csv(c, {
    name: trailTexts[language].title,
    columns: trailColumns(language),
    rows: await exportTrail(tools, by, sought, language),
    label: () => labelOf.trail,
  })
})

/** The line below which those of the page begin. */
function lineAsked(c: Context<AppEnv>) {
  const before = c.req.query('before')
  return before && /^\d{1,18}$/.test(before) ? before : undefined
}

trailRoutes.get('/trail/readings', async (c) => {
  must(readerOf(c), 'trail.read')
  const { db } = c.var.tools
  const text = (name: string) => (c.req.query(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const person_id = idIn(text('person'))
  const of = person_id === undefined ? null : await nameOf(db, person_id)
  const asked = { person: person_id ? '' : text('person'), about: text('about'), day: text('day') }
  const is_day = z.iso.date().safeParse(asked.day).success
  const readings = readingsOf(db, { ...asked, day: is_day ? asked.day : undefined, person_id })
  return page(
    c,
    <ReadingsPage
      found={await paged(readings, partAsked(c), readings_per_page)}
      asked={asked}
      person={of}
      problem={asked.day !== '' && !is_day}
    />,
    asked.day !== '' && !is_day ? 422 : 200,
  )
})

/** What was asked for as a person's id; anything else is a part of a name, or nothing. */
const idIn = (text: string) => (isId(text) ? text : undefined)
