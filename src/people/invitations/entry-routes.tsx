import { Hono } from 'hono'
import { addressKey, mayTry, openSession, secondsUntil, tried } from '#access/sign-in/index.ts'
import { formValues } from '#ground/html/form-data.ts'
import { type AppEnv, page } from '#ground/tools/tools.ts'
import { accept } from './accept.ts'
import { EntryPage } from './entry-page.tsx'

/** For those who cannot sign in yet. */
export const entryRoutes = new Hono<AppEnv>()

// Not `:id`: here an id that nobody has is no 404, and looks like every other.
const entrance = '/invitations/:invitation{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'

entryRoutes.get(entrance, (c) => page(c, <EntryPage id={c.req.param('invitation')} />))

entryRoutes.post(entrance, async (c) => {
  const { tools, auth } = c.var
  const id = c.req.param('invitation')
  const { code = '' } = await formValues(c.req.raw)
  const at = tools.clock()
  // Each invitation counts its own wrong codes, wherever they come from; this is for who tries many of them.
  const asked = await mayTry(tools.whole, { purpose: 'invitation', account: null, address: addressKey(c) }, at)
  if ('failed' in asked) {
    c.header('retry-after', String(secondsUntil(asked.until, at)))
    return page(c, <EntryPage id={id} until={asked.until} />, 429)
  }
  const answer = await accept(tools, id, code)
  const is_wrong = 'failed' in answer && answer.failed === 'refused'
  await tried(tools.whole, asked.attempt, !is_wrong, at)
  if ('failed' in answer)
    return page(c, <EntryPage id={id} refused={is_wrong} waiting={!is_wrong} />, is_wrong ? 422 : 409)
  const headers = await openSession(auth, tools, answer.person_id, 'invitation', c.req.raw.headers)
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect('/account', 303)
})
