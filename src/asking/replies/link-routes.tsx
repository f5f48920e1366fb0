import { type Context, Hono } from 'hono'
import { addressKey, mayTry, secondsUntil, tried } from '#access/sign-in/index.ts'
import { linkToken, numberOfToken } from '#delivery/deliveries/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import { type AppEnv, page } from '#ground/tools/tools.ts'
import { viewInForce } from '#status/member-view/index.ts'
import { answerByLink } from './answer-by-link.ts'
import { answerables, answersTo, isOutOfTime, speaks, standing, successorOf } from './answerable.ts'
import { LinkPage } from './link-page.tsx'
import { type Told, tolds } from './link-props.ts'
import { NoLinkPage } from './no-link-page.tsx'
import { readStands } from './stands.ts'

/** Answering without a sign-in, by what a mail brought. */
export const linkRoutes = new Hono<AppEnv>()

linkRoutes.use('/a/:token', async (c, next) => {
  // Neither kept, nor passed on to where a link leads, nor found by searching.
  c.header('cache-control', 'no-store')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex, nofollow')
  await next()
})

/** Mail scanners open every link, some press HEAD first: looking changes nothing, however often. */
linkRoutes.get('/a/:token', (c) => {
  const told = c.req.query('told')
  return show(c, numberOf(c), tolds.find((each) => each === told) ?? null)
})

linkRoutes.post('/a/:token', async (c) => {
  const { tools } = c.var
  const number = numberOf(c)
  if (number === undefined) return refuse(c)
  const values = await formValues(c.req.raw)
  const taken = await answerByLink(tools, number, values)
  if (taken === undefined) return refuse(c)
  if (taken === 'wrong') return noLink(c, 'choice', 422)
  if (taken === 'no_text') return show(c, number, 'no_text')
  if (taken === 'over') return show(c, number, null)
  return c.redirect(`/a/${c.req.param('token')}?told=${taken}`, 303)
})

const numberOf = (c: Context<AppEnv, '/a/:token'>) => numberOfToken(c.var.tools.config.secret, c.req.param('token'))

async function show(c: Context<AppEnv, '/a/:token'>, number: string | undefined, told: Told | 'no_text' | null) {
  if (number === undefined) return noLink(c, 'nothing', 404)
  // Whoever holds the link need not be signed in.
  const { whole, clock, config } = c.var.tools
  const notice = await answerables(whole).where('recipient.number', '=', number).executeTakeFirst()
  if (!notice) return noLink(c, 'nothing', 404)
  const now = clock()
  const state = standing(notice, now)
  if (state === 'over') return noLink(c, isOutOfTime(notice, now) ? 'over' : 'closed', 410)
  const next = state === 'replaced' || state === 'ended' ? await successorOf(whole, notice, now) : undefined
  const [answers, stands, phones, shown] = await Promise.all([
    answersTo(whole, notice.receipt_id),
    readStands(whole, notice),
    deskPhones(whole, ['phone']),
    viewInForce(whole, now),
  ])
  return page(
    c,
    <LinkPage
      token={c.req.param('token')}
      notice={notice}
      standing={state}
      speaks={speaks(notice)}
      answers={answers}
      stands={stands}
      shown={shown}
      next={next ? linkToken(config.secret, next.number) : null}
      phones={phones}
      told={told}
    />,
    told === 'no_text' ? 422 : 200,
  )
}

/** Who sends made-up tokens is held up after a while; a right one is never. */
async function refuse(c: Context<AppEnv, '/a/:token'>) {
  const { whole, clock } = c.var.tools
  const at = clock()
  const asked = await mayTry(whole, { purpose: 'link', account: null, address: addressKey(c) }, at)
  if (!('failed' in asked)) {
    await tried(whole, asked.attempt, false, at)
    return noLink(c, 'nothing', 404)
  }
  c.header('retry-after', String(secondsUntil(asked.until, at)))
  return page(c, <NoLinkPage why="limited" until={asked.until} />, 429)
}

const noLink = (c: Context<AppEnv>, why: 'nothing' | 'over' | 'closed' | 'choice', code: 404 | 410 | 422) =>
  page(c, <NoLinkPage why={why} />, code)
