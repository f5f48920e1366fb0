import { Hono } from 'hono'
import { z } from 'zod'
import { formValues } from '#ground/html/form-data.ts'
import { counted, paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { RepliesPage, type Told } from './replies-page.tsx'
import { openReplies, repliesLike, withStands } from './reply-queries.ts'
import { type Settlement, settleReply } from './settle-reply.ts'

const replies_per_page = 20

/** Replies by mail and SMS, for the desk. */
export const replyRoutes = new Hono<AppEnv>()

const As = z.custom<Settlement>((as) =>
  /^(acknowledged|normal|alternative|text|set_aside|choice-[1-9])$/.test(String(as)),
)
const told: readonly string[] = ['done', 'settled', 'over', 'not_wanted', 'newer', 'changed'] satisfies Told[]

replyRoutes.get('/replies', async (c) => {
  const by = readerOf(c)
  must(by, 'delivery.see')
  const { db } = c.var.tools
  const is_open = c.req.query('show') !== 'others'
  const open_count = await openReplies(db)
  const replies = repliesLike(db, { is_open })
  const found = is_open
    ? await counted(replies, open_count, partAsked(c), replies_per_page)
    : await paged(replies, partAsked(c), replies_per_page)
  const what = c.req.query('told') ?? ''
  return page(
    c,
    <RepliesPage
      {...{ is_open, open_count }}
      found={{ ...found, rows: await withStands(db, found.rows, c.var.tools.clock()) }}
      may_settle={may(by, 'notice.answer')}
      told={told.includes(what) ? (what as Told) : undefined}
    />,
  )
})

replyRoutes.post('/replies/:id/settlement', async (c) => {
  const by = readerOf(c)
  must(by, 'notice.answer')
  const values = await formValues(c.req.raw)
  const as = As.safeParse(values.as)
  if (!as.success) return c.redirect('/replies?told=not_wanted', 303)
  const answer = await settleReply(c.var.tools, by, { id: c.req.param('id'), as: as.data, upon: values.upon ?? '' })
  return c.redirect(`/replies?told=${'failed' in answer ? answer.failed : 'done'}`, 303)
})
