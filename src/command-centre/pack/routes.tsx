import { Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { attachment } from '#ground/tools/attachment.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { askForPack } from './ask-for-pack.ts'
import { PackPage } from './pack-page.tsx'
import { packs } from './queries.ts'
import { packKey } from './sign-pack.ts'
import { takePack } from './take-pack.ts'

export const packRoutes = new Hono<AppEnv>()

packRoutes.get('/pack', async (c) => {
  must(readerOf(c), 'pack.take')
  const { db, config } = c.var.tools
  const is_asked = c.req.query('asked') !== undefined
  return page(
    c,
    <PackPage packs={await packs(db)} fingerprint={packKey(config.secret).fingerprint} is_asked={is_asked} />,
  )
})

packRoutes.post('/pack', confirmed('pack.take'), async (c) => {
  await askForPack(c.var.tools, readerOf(c))
  return c.redirect('/pack?asked', 303)
})

packRoutes.post('/pack/:id', confirmed('pack.take'), async (c) => {
  const taken = await takePack(c.var.tools, readerOf(c), c.req.param('id'))
  if (!taken) throw new NotFound('pack')
  return c.body(new Uint8Array(taken.content), 200, {
    'content-type': 'application/pdf',
    'content-disposition': attachment(`noroshi-pack-${toCivilInput(taken.made_at).replaceAll(/[-:]/g, '')}.pdf`),
  })
})
