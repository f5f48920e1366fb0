import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { toCivilInput } from '#ground/html/civil.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { answerAttestation } from './answer.ts'
import { AnswerPage } from './answer-page.tsx'
import { closeAttestation } from './close.ts'
import { readEntry } from './entry.ts'
import { AttestationsPage } from './list-page.tsx'
import { AttestationPage } from './progress-page.tsx'
import { audienceNow, listAttestations, openAttestation, readAsked, readAttestation } from './queries.ts'
import { remindNow } from './remind.ts'
import { letterText } from './send-letters.ts'
import { AttestationForm, startAttestation } from './start.ts'
import { CheckAttestationPage, NewAttestationPage } from './start-pages.tsx'
import { usualTexts } from './texts.ts'

/** How long institutions usually have to answer. */
const answer_days = 14

export const attestationRoutes = new Hono<AppEnv>()

attestationRoutes.get('/attestations', async (c) =>
  page(c, <AttestationsPage attestations={await listAttestations(c.var.tools.db, readerOf(c))} />),
)

attestationRoutes.get('/attestations/new', async (c) => {
  must(readerOf(c), 'attestation.run')
  const { clock } = c.var.tools
  const day = toCivilInput(new Date(clock().getTime() + answer_days * 86_400_000)).slice(0, 10)
  return newPage(c, { ...usualTexts, answer_by: `${day}T17:00`, idempotency_key: randomUUID() })
})

attestationRoutes.post('/attestations/check', async (c) => {
  must(readerOf(c), 'attestation.run')
  const { db, clock, origin } = c.var.tools
  const values = await formValues(c.req.raw)
  if (values.change) return newPage(c, values)
  const at = clock()
  const form = AttestationForm(c.var.language, at).safeParse(values)
  if (!form.success) return newPage(c, values, problemsOf(form.error))
  const audience = await audienceNow(db, at)
  // The round has no address before it is started.
  const sample = audience.first && letterText({ ...form.data, id: '…' }, audience.first, 'start', { origin, at })
  return page(c, <CheckAttestationPage form={form.data} values={values} audience={audience} sample={sample ?? null} />)
})

attestationRoutes.post('/attestations', async (c) => {
  const by = readerOf(c)
  must(by, 'attestation.run')
  const values = await formValues(c.req.raw)
  const form = AttestationForm(c.var.language, c.var.tools.clock()).safeParse(values)
  if (!form.success) return newPage(c, values, problemsOf(form.error))
  const started = await startAttestation(c.var.tools, by, form.data)
  if ('failed' in started) return newPage(c, values, {}, 409)
  return c.redirect(`/attestations/${started.id}`, 303)
})

attestationRoutes.get('/attestations/:id', async (c) =>
  page(c, <AttestationPage attestation={await readAttestation(c.var.tools.db, readerOf(c), c.req.param('id'))} />),
)

attestationRoutes.post('/attestations/:id/reminders', async (c) => {
  await remindNow(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/attestations/${c.req.param('id')}`, 303)
})

attestationRoutes.post('/attestations/:id/closing', async (c) => {
  await closeAttestation(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`/attestations/${c.req.param('id')}`, 303)
})

attestationRoutes.get('/attestations/:id/answer', async (c) => answerPage(c))

attestationRoutes.post('/attestations/:id/answer', async (c) => {
  const by = readerOf(c)
  const { seen = '' } = await formValues(c.req.raw)
  const answered = await answerAttestation(c.var.tools, by, c.req.param('id'), seen)
  if ('failed' in answered) return answerPage(c, answered.failed)
  return c.redirect(`/attestations/${c.req.param('id')}/answer`, 303)
})

async function answerPage(c: Context<AppEnv>, failed?: 'closed' | 'changed') {
  const by = readerOf(c)
  const { db } = c.var.tools
  const asked = await readAsked(db, by, c.req.param('id') ?? '')
  const entry = await readEntry(db, by.institution_id)
  return page(c, <AnswerPage asked={asked} entry={entry} {...(failed && { failed })} />, failed ? 409 : 200)
}

async function newPage(
  c: Context<AppEnv>,
  values: Record<string, string>,
  problems?: Problems,
  code: 200 | 409 | 422 = problems ? 422 : 200,
) {
  const { idempotency_key: no_key, ...shown } = problems ?? {}
  const open = await openAttestation(c.var.tools.db)
  return page(
    c,
    <NewAttestationPage
      values={{ ...values, ...(no_key && { idempotency_key: randomUUID() }) }}
      problems={shown}
      open_id={open?.id ?? null}
    />,
    code,
  )
}
