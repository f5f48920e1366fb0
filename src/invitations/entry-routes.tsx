import { Hono } from 'hono'
import { openSession } from '#access/index.ts'
import { type AppEnv, page } from '#app/tools.ts'
import { formValues } from '#html/form-data.ts'
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
  const answer = await accept(tools, id, code)
  if ('failed' in answer) return page(c, <EntryPage id={id} refused />, 422)
  const headers = await openSession(auth, tools, answer.person_id, 'invitation', c.req.raw.headers)
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect('/account', 303)
})
