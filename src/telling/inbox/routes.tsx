import { type Context, Hono } from 'hono'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { AnswerForm, answerNotice } from './answer-notice.ts'
import { InboxPage } from './inbox-page.tsx'
import { readReceived, received } from './queries.ts'
import { ReceivedPage } from './received-page.tsx'

const received_per_page = 50

export const inboxRoutes = new Hono<AppEnv>()

inboxRoutes.get('/inbox', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const found = await paged(received(c.var.tools.db, by.institution_id), partAsked(c), received_per_page)
  return page(c, <InboxPage found={found} />)
})

inboxRoutes.post('/notices/:id/answer', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.answer-own')
  const notice = await readReceived(c.var.tools, by, c.req.param('id'))
  const values = await formValues(c.req.raw)
  const form = AnswerForm(c.var.language, notice.answer_wanted === 'choice' ? notice.choices.length : 0).safeParse(
    values,
  )
  if (!form.success)
    return page(c, <ReceivedPage notice={notice} may_answer values={values} problems={problemsOf(form.error)} />, 422)
  const answered = await answerNotice(c.var.tools, by, { notice_id: notice.id, ...form.data })
  if ('failed' in answered)
    // The page itself says that it was replaced or has ended, and what a colleague has answered.
    return page(
      c,
      <ReceivedPage
        notice={await readReceived(c.var.tools, by, notice.id)}
        may_answer
        values={values}
        failed={answered.failed}
      />,
      409,
    )
  return c.redirect(`/inbox/${notice.id}`, 303)
})

inboxRoutes.get('/inbox/:id', (c) => receivedPage(c, c.req.param('id')))

async function receivedPage(c: Context<AppEnv>, id: string) {
  const by = readerOf(c)
  const notice = await readReceived(c.var.tools, by, id)
  return page(c, <ReceivedPage notice={notice} may_answer={may(by, 'notice.answer-own')} />)
}
