import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { confirmed, openSession } from '#access/sign-in/index.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { BreakGlassPage, WorkedPage } from './entry-page.tsx'
import { PaperPage } from './paper-page.tsx'
import { readRegister } from './queries.ts'
import { RegisterPage } from './register-page.tsx'
import { sealBreakGlass } from './seal.ts'
import { BreakGlassForm, spendBreakGlass } from './spend.ts'

/** For those who cannot sign in otherwise. */
export const breakGlassEntryRoutes = new Hono<AppEnv>()

breakGlassEntryRoutes.get('/sign-in/break-glass', (c) => page(c, <BreakGlassPage />))

breakGlassEntryRoutes.post('/sign-in/break-glass', async (c) => {
  const { tools, auth, language } = c.var
  // The code goes back to nobody.
  const { code = '', ...values } = await formValues(c.req.raw)
  const form = BreakGlassForm(language).safeParse({ ...values, code })
  if (!form.success) return page(c, <BreakGlassPage values={values} problems={problemsOf(form.error)} />, 422)
  const answer = await spendBreakGlass(tools, form.data)
  if ('failed' in answer)
    return page(
      c,
      <BreakGlassPage
        values={values}
        refused={answer.failed === 'refused'}
        locked_until={answer.failed === 'locked' ? answer.until : undefined}
      />,
      422,
    )
  if (form.data.is_drill) return page(c, <WorkedPage number={answer.number} left={answer.left} />)
  const headers = await openSession(auth, tools, answer.person.id, 'break_glass', c.req.raw.headers)
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect('/home', 303)
})

export const breakGlassRoutes = new Hono<AppEnv>()

breakGlassRoutes.get('/break-glass', async (c) => {
  const { db, clock } = c.var.tools
  const register = await readRegister(db, readerOf(c), clock())
  return page(c, <RegisterPage register={register} idempotency_key={randomUUID()} />)
})

breakGlassRoutes.post('/break-glass/sets', confirmed('break-glass.seal'), async (c) => {
  const by = readerOf(c)
  must(by, 'break-glass.seal')
  const { tools } = c.var
  const key = idempotencyKey.safeParse((await formValues(c.req.raw)).idempotency_key)
  const answer = key.success ? await sealBreakGlass(tools, by, key.data) : null
  if (answer && !('failed' in answer)) return page(c, <PaperPage sealed={answer} origin={tools.origin} />)
  const register = await readRegister(tools.db, by, tools.clock())
  return page(
    c,
    <RegisterPage register={register} idempotency_key={randomUUID()} sealedAlready={answer !== null} />,
    answer ? 409 : 422,
  )
})
