import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { readRoundTally } from '#delivery/answers/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import type { Typed } from '#ground/html/refill.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AudienceNamesPage, namesAsked } from '#telling/audience/index.ts'
import { AnswersPage, sought_length_max } from './answers-page.tsx'
import { readAddressed, readCheck, readSampleMail } from './check-data.ts'
import { CheckPage } from './check-page.tsx'
import { checkTexts } from './check-texts.ts'
import { dropNotice } from './drop-notice.ts'
import { ActForm, reasonForm } from './notice-form.ts'
import { attachmentsOf, type NoticeView, readNotice } from './queries.ts'
import { refuse } from './refuse.tsx'
import type { Refusal } from './refused-page.tsx'
import { releaseNotice } from './release-notice.ts'
import { reason_length_max, returnNotice } from './return-notice.ts'
import { SentPage } from './sent-page.tsx'
import { missing_per_page, missingOf } from './sent-parts.tsx'
import {
  answers_per_page,
  answers_shown_max,
  answersOf,
  choicesOf,
  informedOf,
  ownReceipt,
  phonesOf,
  receiptsOf,
} from './sent-queries.ts'
import { submitNotice } from './submit-notice.ts'
import { override_reason_length_min } from './warn-of-override.ts'
import { withdrawNotice } from './withdraw-notice.ts'

export const releaseRoutes = new Hono<AppEnv>()

// Whoever was sent it and does not look at the whole market has another page of it, in the inbox.
releaseRoutes.get('/notices/:id', async (c) => {
  const by = readerOf(c)
  if (!may(by, 'notice.see')) return c.redirect(`/inbox/${c.req.param('id')}`, 303)
  const notice = await readNotice(c.var.tools.db, by, c.req.param('id'))
  return notice.state === 'released' ? sentPage(c, notice) : checkPage(c, notice.id)
})

releaseRoutes.get('/notices/:id/answers', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.see')
  const { db } = c.var.tools
  const notice = await readNotice(db, by, c.req.param('id'))
  const asked = Number.parseInt(c.req.query('choice') ?? '', 10)
  const choice = notice.choices[asked - 1] ? asked : null
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, sought_length_max)
  const answers = await answersOf(db, notice.id, { per_page: answers_per_page, wanted: partAsked(c), choice, q })
  return page(c, <AnswersPage notice={notice} answers={answers} choice={choice} q={q} />)
})

releaseRoutes.get('/notices/:id/check', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const notice = await readNotice(c.var.tools.db, by, c.req.param('id'))
  return notice.state === 'released' ? c.redirect(`/notices/${notice.id}`, 303) : checkPage(c, notice.id)
})

releaseRoutes.get('/notices/:id/institutions', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { tools } = c.var
  const notice = await readNotice(tools.db, by, c.req.param('id'))
  const path = `/notices/${notice.id}`
  if (notice.state === 'released') return c.redirect(path, 303)
  return page(
    c,
    <AudienceNamesPage
      addressed={await readAddressed(tools, notice)}
      asked={namesAsked(c.req.query())}
      path={`${path}/institutions`}
      back={`${path}/check`}
      mode={notice.mode}
    />,
  )
})

// What others wrote, in a frame that can do nothing; mails carry their own styles.
releaseRoutes.get('/notices/:id/mail', async (c) => {
  must(readerOf(c), 'delivery.see')
  const html = await readSampleMail(c.var.tools, readerOf(c), c.req.param('id'))
  return c.html(html, 200, {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  })
})

async function checkPage(
  c: Context<AppEnv>,
  id: string,
  again: { values?: Record<string, string>; problems?: Problems; is_refused?: boolean } = {},
) {
  const by = readerOf(c)
  const check = await readCheck(c.var.tools, by, id)
  const is_alive = check.notice.state === 'draft' || check.notice.state === 'submitted'
  const rights = { edit: is_alive && may(by, 'notice.draft'), release: may(by, 'notice.release') }
  return page(
    c,
    <CheckPage check={check} may={rights} {...again} />,
    again.is_refused ? 409 : again.problems ? 422 : 200,
  )
}

/** Whoever pressed on a check that holds no more sees the new one at once, with what they had written. */
async function refused(
  c: Context<AppEnv>,
  id: string,
  because: Refusal | 'changed',
  values: Record<string, string> = {},
) {
  const is_other = because === 'changed' || because === 'outdated'
  const { state } = await readNotice(c.var.tools.db, readerOf(c), id)
  if (is_other && (state === 'draft' || state === 'submitted')) return checkPage(c, id, { values, is_refused: true })
  return refuse(c, id, because === 'changed' ? 'outdated' : because, typedIn(values))
}

async function sentPage(c: Context<AppEnv>, notice: NoticeView) {
  const by = readerOf(c)
  const { db, whole, clock } = c.var.tools
  const [receipts, informed, round, answers, attachments, choices, own] = await Promise.all([
    receiptsOf(db, notice.id, clock()),
    informedOf(db, notice.id),
    notice.round_id ? readRoundTally(whole, notice.round_id, clock()) : null,
    answersOf(db, notice.id, { per_page: answers_shown_max }),
    attachmentsOf(db, notice.id),
    notice.answer_wanted === 'choice' ? choicesOf(db, notice.id) : null,
    ownReceipt(db, by, notice.id),
  ])
  const missing = pageOf(missingOf(receipts, notice.answer_wanted !== 'none'), partAsked(c), missing_per_page)
  return page(
    c,
    <SentPage
      notice={notice}
      attachments={attachments}
      receipts={receipts}
      informed={informed}
      round={round}
      answers={answers}
      choices={choices}
      phones={
        await phonesOf(
          db,
          by,
          missing.rows.map(({ id }) => id),
        )
      }
      missing={missing}
      may={{
        correct: may(by, 'notice.draft'),
        see_deliveries: may(by, 'delivery.see'),
        call: may(by, 'call.record'),
        see_round: may(by, 'board.see-all'),
      }}
      is_own={own !== undefined && may(by, 'notice.answer-own')}
      idempotency_key={randomUUID()}
    />,
  )
}

const typedIn = ({ return_reason, override_reason }: Record<string, string>): Typed =>
  Object.entries({ return_reason, override_reason }).flatMap(([name, value]): Typed => (value ? [[name, value]] : []))

/** Reads the notice as it stands, and what its reader had seen of it. */
async function actOn(c: Context<AppEnv>) {
  const values = await formValues(c.req.raw)
  const notice = await readNotice(c.var.tools.db, readerOf(c), c.req.param('id') ?? '')
  return { notice, values, seen: { id: notice.id, ...ActForm.parse(values) } }
}

releaseRoutes.post('/notices/:id/submission', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { notice, seen } = await actOn(c)
  const submitted = await submitNotice(c.var.tools, by, seen)
  if (!('failed' in submitted)) return c.redirect(`/notices/${notice.id}`, 303)
  return refused(c, notice.id, submitted.failed)
})

releaseRoutes.post('/notices/:id/release', confirmed('notice.release'), async (c) => {
  const by = readerOf(c)
  must(by, 'notice.release')
  const { notice, values, seen } = await actOn(c)
  let override_reason: string | null = null
  if (values.override_reason !== undefined) {
    const message = checkTexts[c.var.language].reason_missing
    const limits = { min: override_reason_length_min, max: reason_length_max }
    const reason = reasonForm(message, limits).safeParse(values.override_reason)
    if (!reason.success) return checkPage(c, notice.id, { values, problems: { override_reason: message } })
    override_reason = reason.data
  }
  // A drill's mail beside something real confuses both: whoever releases it knows of it.
  if (notice.mode !== 'actual' && values.drill !== 'yes' && c.var.open.some(({ mode }) => mode === 'actual'))
    return checkPage(c, notice.id, { values, problems: { drill: checkTexts[c.var.language].drill_missing } })
  const released = await releaseNotice(c.var.tools, by, { ...seen, override_reason })
  if (!('failed' in released)) return c.redirect(`/notices/${notice.id}`, 303)
  return refused(c, notice.id, released.failed, values)
})

releaseRoutes.post('/notices/:id/return', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.release')
  const { notice, values, seen } = await actOn(c)
  const message = checkTexts[c.var.language].return_missing
  const reason = reasonForm(message, { min: 1, max: reason_length_max }).safeParse(values.return_reason)
  if (!reason.success) return checkPage(c, notice.id, { values, problems: { return_reason: message } })
  const returned = await returnNotice(c.var.tools, by, { ...seen, return_reason: reason.data })
  return 'failed' in returned ? refuse(c, notice.id, returned.failed, typedIn(values)) : c.redirect('/notices', 303)
})

releaseRoutes.post('/notices/:id/drop', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { notice, seen } = await actOn(c)
  const dropped = await dropNotice(c.var.tools, by, seen)
  return 'failed' in dropped ? refuse(c, notice.id, dropped.failed) : c.redirect('/notices', 303)
})

releaseRoutes.post('/notices/:id/withdrawal', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.draft')
  const { notice, values } = await actOn(c)
  const key = /^[0-9a-f-]{36}$/.test(values.idempotency_key ?? '') ? values.idempotency_key : undefined
  const withdrawal = await withdrawNotice(c.var.tools, by, notice.id, key ?? randomUUID())
  return 'failed' in withdrawal ? refuse(c, notice.id, 'replaced') : c.redirect(`/notices/${withdrawal.id}/check`, 303)
})
