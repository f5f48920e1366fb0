import { Hono } from 'hono'
import { formValues } from '#ground/html/form-data.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { signedIn } from '#ground/tools/signed-in.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { ComponentsPage } from './components-page.tsx'
import { demoMailRoutes } from './mail-routes.tsx'
import { playable, playTelegram } from './play-telegram.ts'
import { TelegramsToPlayPage } from './telegrams-page.tsx'

/** What only a demo has: the components, the mails it took, telegrams to play. */
export const demoRoutes = new Hono<AppEnv>()

demoRoutes.route('/', demoMailRoutes)

demoRoutes.get('/demo/components', (c) => {
  const mode = (['exercise', 'test'] as const).find((name) => name === c.req.query('mode')) ?? 'actual'
  return page(c, <ComponentsPage mode={mode} />)
})

demoRoutes.use('/demo/telegrams', signedIn)

demoRoutes.get('/demo/telegrams', (c) => {
  must(readerOf(c), 'telegram.ingest')
  return page(c, <TelegramsToPlayPage />)
})

demoRoutes.post('/demo/telegrams', async (c) => {
  const { name } = await formValues(c.req.raw)
  const known = playable.find((each) => each === name)
  if (!known) throw new NotFound('telegram')
  await playTelegram(c.var.tools, readerOf(c), known)
  return c.redirect('/home', 303)
})
