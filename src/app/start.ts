import { type Auth, openAuth } from '#ground/auth/auth.ts'
import { type Settings, withSecret } from '#ground/config/config.ts'
import { checkScope } from '#ground/db/check-scope.ts'
import { clocksApart } from '#ground/db/clocks-apart.ts'
import { openPool, openProgram } from '#ground/db/database.ts'
import { checkInstallation } from '#ground/db/installation.ts'
import { keepToOwn } from '#ground/db/keep-to-own.ts'
import { checkLogin } from '#ground/db/make-role.ts'
import { migrate } from '#ground/db/migrate.ts'
import { openSteadyClock } from '#ground/db/steady-clock.ts'
import { openStore, type Store } from '#ground/db/store.ts'
import { jobNames, laterOn } from '#ground/jobs/jobs.ts'
import { openQueue } from '#ground/jobs/queue.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { sealWith } from '#ground/trail/seal.ts'
import { dbOn } from './db-on.ts'
import { type Patience, patiently } from './patiently.ts'

export type Started = { tools: Tools; auth: Auth; store: Store; close(): Promise<void> }

type As = {
  /** `service`: runs for good, and says with what this database is used. `renewal`: is about to say so anew. */
  as?: 'service' | 'command' | 'renewal'
}

/** The database, migrated, and the tools on it: what every command needs before its own work. Waits for a database that is away. */
export const start = (settings: Settings, { as = 'command', ...patience }: As & Patience = {}): Promise<Started> =>
  patiently(() => startNow(settings, as), patience)

async function startNow(settings: Settings, as: NonNullable<As['as']>): Promise<Started> {
  const config = withSecret(settings)
  sealWith(config.secret)
  const store = await openStore(config)
  const closing: (() => Promise<unknown>)[] = [() => store.close()]
  const close = async () => {
    const failed: unknown[] = []
    // A database that is gone must not keep the embedded server running.
    for (const step of closing.splice(0).reverse()) await step().catch((error) => failed.push(error))
    if (failed.length > 0) throw failed[0]
  }
  try {
    await migrate(store.owner, jobNames, { role_taken_on: store.app.role !== undefined })
    const db = openProgram(store.app)
    closing.push(() => db.destroy())
    const readers = openPool(store.app)
    closing.push(() => readers.end())
    await checkScope(db, readers)
    await checkLogin(db as never)
    if (as !== 'renewal') await checkInstallation(db, config, { settles: as === 'service' })
    for (const line of await keepToOwn(store.owner, store.app)) console.error(line)
    const queue = await openQueue(store.app)
    closing.push(() => queue.stop({ graceful: false, close: true }))
    // Timers in the database are compared with one time, whatever the machines' own clocks say.
    const steady = await openSteadyClock(db)
    closing.push(async () => steady.close())
    const apart_ms = await clocksApart(db)
    if (apart_ms !== null) console.error(clocksWords(apart_ms))
    const origin = config.public_origin ?? `http://localhost:${config.port}`
    const tools = { db, whole: db, ...dbOn(readers), clock: steady.now, later: laterOn(queue), config, origin }
    return { tools, auth: openAuth({ db, secret: config.secret, origin }), store, close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

const clocksWords = (apart_ms: number) =>
  `The clocks do not agree: the database's is ${Math.abs(apart_ms / 1000).toFixed(0)} s ${apart_ms > 0 ? 'ahead of' : 'behind'} this machine's. Times and deadlines follow the database's.`
