import { Hono } from 'hono'
import { must } from '#access/index.ts'
import { type AppEnv, page, readerOf } from '#app/tools.ts'
import { TrailPage } from './pages.tsx'
import { trailLines } from './queries.ts'

const lines_per_page = 50

export const trailRoutes = new Hono<AppEnv>()

trailRoutes.get('/trail', async (c) => {
  must(readerOf(c), 'trail.read')
  const before = c.req.query('before')
  const lines = await trailLines(c.var.tools.db, {
    before: before && /^\d{1,18}$/.test(before) ? before : undefined,
    limit: lines_per_page + 1,
  })
  const older = lines.length > lines_per_page ? (lines[lines_per_page - 1]?.id ?? null) : null
  return page(c, <TrailPage lines={lines.slice(0, lines_per_page)} older={older} />)
})
