import { Hono } from 'hono'
import { z } from 'zod'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { TrailPage } from './pages.tsx'
import { nameOf, trailLines } from './queries.ts'
import { listReadings } from './readings.ts'
import { ReadingsPage } from './readings-page.tsx'

const lines_per_page = 50
const page_max = 10_000

export const trailRoutes = new Hono<AppEnv>()

trailRoutes.get('/trail', async (c) => {
  must(readerOf(c), 'trail.read')
  const before = c.req.query('before')
  const person_id = idIn(c.req.query('person'))
  const lines = await trailLines(c.var.tools.db, {
    person_id,
    before: before && /^\d{1,18}$/.test(before) ? before : undefined,
    limit: lines_per_page + 1,
  })
  const older = lines.length > lines_per_page ? (lines[lines_per_page - 1]?.id ?? null) : null
  const of = person_id === undefined ? null : await nameOf(c.var.tools.db, person_id)
  return page(c, <TrailPage lines={lines.slice(0, lines_per_page)} older={older} person={of} />)
})

trailRoutes.get('/trail/readings', async (c) => {
  must(readerOf(c), 'trail.read')
  const { db } = c.var.tools
  const text = (name: string) => (c.req.query(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const person_id = idIn(text('person'))
  const of = person_id === undefined ? null : await nameOf(db, person_id)
  const asked = { person: person_id ? '' : text('person'), about: text('about'), day: text('day') }
  const isDay = z.iso.date().safeParse(asked.day).success
  const number = Math.min(page_max, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const found = await listReadings(db, {
    ...asked,
    day: isDay ? asked.day : undefined,
    person_id,
    page: number,
    per_page: lines_per_page,
  })
  return page(
    c,
    <ReadingsPage
      readings={found.slice(0, lines_per_page)}
      hasMore={found.length > lines_per_page}
      page={number}
      asked={asked}
      person={of}
      problem={asked.day !== '' && !isDay}
    />,
    asked.day !== '' && !isDay ? 422 : 200,
  )
})

/** What was asked for as a person's id; anything else is a part of a name, or nothing. */
const idIn = (text: string | undefined) => (z.uuid().safeParse(text).success ? text : undefined)
