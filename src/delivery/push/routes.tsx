import { type Context, Hono } from 'hono'
import { deviceWords } from '#access/sessions/index.ts'
import { confirmed } from '#access/sign-in/index.ts'
import { vapidKey } from '#ground/channels/vapid.ts'
import { formValues } from '#ground/html/form-data.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { DevicesPage, isDone } from './devices-page.tsx'
import { endSubscription } from './end-subscription.ts'
import { readDevices } from './queries.ts'
import { device_name_max, type SubscribeFailure, subscribe } from './subscribe.ts'

/** A person's own devices. Not for a session that a password alone has opened: a device would go on being told. */
export const pushRoutes = new Hono<AppEnv>()
const here = '/account/notifications'

pushRoutes.use(`${here}/*`, (c, next) =>
  c.var.must_enrol ? Promise.resolve(c.redirect('/account/set-up', 303)) : next(),
)

const shown = async (c: Context<AppEnv>) => {
  const { db, clock, config } = c.var.tools
  return { ...(await readDevices(db, readerOf(c).id, clock())), public_key: vapidKey(config.secret).public_key }
}

pushRoutes.get(here, async (c) => {
  const done = c.req.query('done')
  return page(c, <DevicesPage {...(await shown(c))} done={isDone(done) ? done : undefined} />)
})

pushRoutes.post(here, confirmed(null), async (c) => {
  const { endpoint = '', p256dh = '', auth = '', device_name = '' } = await formValues(c.req.raw)
  const form = { endpoint, p256dh, auth, device_name: nameFrom(device_name) ?? deviceOf(c) }
  const answer = await subscribe(c.var.tools, readerOf(c), form)
  if ('id' in answer) return c.redirect(`${here}?done=added`, 303)
  const codes = { broken: 422, taken: 409, full: 409 } as const satisfies Record<SubscribeFailure, number>
  return page(
    c,
    <DevicesPage {...(await shown(c))} failed={answer.failed} device_name={device_name} />,
    codes[answer.failed],
  )
})

pushRoutes.post(`${here}/:id/end`, confirmed(null), async (c) => {
  await endSubscription(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect(`${here}?done=ended`, 303)
})

/** One line, cut; undefined when nothing was typed. */
const nameFrom = (written: string) =>
  [
    ...written
      .toWellFormed()
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
      .trim(),
  ]
    .slice(0, device_name_max)
    .join('')
    .trim() || undefined
const deviceOf = (c: Context<AppEnv>) => deviceWords(c.var.language, c.req.header('user-agent') ?? null)
