import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { type Approved, approveRecovery } from './approve-recovery.ts'
import { CodePage } from './code-page.tsx'
import { NewRecoveryPage, RecoveriesPage, RecoveryPage } from './recovery-pages.tsx'
import { listRecoveries, openSessionsOf, readRecovery } from './recovery-queries.ts'
import { RecoveryForm, recoveryMessages, requestRecovery } from './request-recovery.ts'
import { withdrawRecovery } from './withdraw-recovery.ts'

export const recoveryRoutes = new Hono<AppEnv>()

recoveryRoutes.get('/recoveries', async (c) => {
  const { db, clock } = c.var.tools
  return page(c, <RecoveriesPage recoveries={await listRecoveries(db, readerOf(c), clock())} />)
})

/** `?email=` fills in the person, for a link from their page. */
recoveryRoutes.get('/recoveries/new', (c) => {
  must(readerOf(c), 'recovery.request')
  const email = (c.req.query('email') ?? '').slice(0, 254)
  return page(c, <NewRecoveryPage values={{ email, idempotency_key: randomUUID() }} />)
})

recoveryRoutes.post('/recoveries', confirmed('recovery.request'), async (c) => {
  const by = readerOf(c)
  must(by, 'recovery.request')
  const values = await formValues(c.req.raw)
  const again = ({ idempotency_key = '', ...problems }: Problems) => {
    const key = idempotency_key ? randomUUID() : (values.idempotency_key ?? '')
    return page(c, <NewRecoveryPage values={{ ...values, idempotency_key: key }} problems={problems} />, 422)
  }
  const form = RecoveryForm(c.var.language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const answer = await requestRecovery(c.var.tools, by, form.data)
  if ('failed' in answer) return again({ email: recoveryMessages(c.var.language)[answer.failed] })
  return c.redirect(`/recoveries/${answer.id}`, 303)
})

type Failed = Extract<Approved, { failed: string }>['failed']
const one = async (c: Context<AppEnv>, id: string, failed?: Failed) => {
  const { db, whole, clock } = c.var.tools
  const recovery = await readRecovery(db, readerOf(c), id, clock())
  const sessions = await openSessionsOf(whole, recovery.person_id, clock())
  return page(
    c,
    <RecoveryPage recovery={recovery} sessions={sessions} {...(failed && { failed })} />,
    failed ? 422 : 200,
  )
}

recoveryRoutes.get('/recoveries/:id', (c) => one(c, c.req.param('id')))

recoveryRoutes.post('/recoveries/:id/approval', confirmed('recovery.approve'), async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  const answer = await approveRecovery(c.var.tools, by, id)
  if ('failed' in answer) return one(c, id, answer.failed)
  const recovery = await readRecovery(c.var.tools.db, by, id, c.var.tools.clock())
  return page(
    c,
    <CodePage
      shown={answer}
      name={named(c.var.language, recovery)}
      email={recovery.email}
      back={`/recoveries/${id}`}
    />,
  )
})

recoveryRoutes.post('/recoveries/:id/withdrawal', async (c) => {
  const id = c.req.param('id')
  await withdrawRecovery(c.var.tools, readerOf(c), id)
  return c.redirect(`/recoveries/${id}`, 303)
})
