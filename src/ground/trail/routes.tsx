import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked, windowOf } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { TrailPage, trailColumns, trailTexts } from './pages.tsx'
import { countOlder, nameOf, trailLines } from './queries.ts'
import { readingsOf } from './readings.ts'
import { ReadingsPage } from './readings-page.tsx'

const lines_per_page = 50

export const trailRoutes = new Hono<AppEnv>()

trailRoutes.get('/trail', async (c) => {
  must(readerOf(c), 'trail.read')
  const { db } = c.var.tools
  const { person_id, before } = linesAsked(c)
  const wanted = partAsked(c)
  const { limit } = windowOf({ ...wanted, page: 1 }, lines_per_page)
  const lines = await trailLines(db, { person_id, before, limit: limit + 1 })
  const last = lines.length > limit ? lines[limit - 1]?.id : undefined
  // Counted for paper alone: the trail is long.
  const older =
    last === undefined
      ? null
      : {
          before: last,
          count: wanted.size === 'all' ? await countOlder(db, { person_id, before: last }) : null,
        }
  const of = person_id === undefined ? null : await nameOf(db, person_id)
  return page(c, <TrailPage lines={lines.slice(0, limit)} {...{ before, older }} size={wanted.size} person={of} />)
})

trailRoutes.get('/trail.csv', async (c) => {
  must(readerOf(c), 'trail.read')
  const { tools, language } = c.var
  return csv(c, {
    name: trailTexts[language].title,
    columns: trailColumns(language),
    rows: await trailLines(tools.db, { ...linesAsked(c), limit: csv_rows_max }),
    label: () => labelOf.trail,
  })
})

/** Whose lines, and from below which one. */
function linesAsked(c: Context<AppEnv>) {
  const before = c.req.query('before')
  return {
    person_id: idIn(c.req.query('person')),
    before: before && /^\d{1,18}$/.test(before) ? before : undefined,
  }
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
      found={await paged(readings, partAsked(c), lines_per_page)}
      asked={asked}
      person={of}
      problem={asked.day !== '' && !is_day}
    />,
    asked.day !== '' && !is_day ? 422 : 200,
  )
})

/** What was asked for as a person's id; anything else is a part of a name, or nothing. */
const idIn = (text: string | undefined) => (z.uuid().safeParse(text).success ? text : undefined)
