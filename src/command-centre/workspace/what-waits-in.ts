import type { Context, MiddlewareHandler } from 'hono'
import { type AppEnv, readerOf } from '#ground/tools/tools.ts'
import { countOf, type Waiting, whatWaits } from './what-waits.ts'

/** Lets every page behind it say in its menu how many things wait for its reader. */
export const whatWaitsIn: MiddlewareHandler<AppEnv> = (c, next) => {
  c.set('waiting', async () => countOf(await waitingIn(c)))
  return next()
}

/** What waits for the reader of this page. */
export const waitingIn = (c: Context<AppEnv>): Promise<Waiting[]> => {
  const { db, clock, config } = c.var.tools
  const isOff = (kind: Waiting['kind']) => kind === 'publication' && config.off.includes('publication')
  return whatWaits(db, { now: clock(), by: readerOf(c) }, isOff)
}
