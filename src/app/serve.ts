import { createServer, type RequestListener, type Server } from 'node:http'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { loadDemo } from '#demo/index.ts'
import { type Config, NotConfigured } from '#ground/config/config.ts'
import { noteWebOrigin } from '#ground/config/web-origin.ts'
import { isUnreachable } from '#ground/db/database.ts'
import { type Hub, openHub } from '#ground/live/hub.ts'
import { createPublicServer, type PublicServer } from '#public/site/index.ts'
import { createApp } from './app.tsx'
import { openDenials } from './denials.ts'
import { keepPublicPage } from './keep-public-page.ts'
import { openReadings } from './readings.ts'
import { type Started, start } from './start.ts'
import { startWorkers } from './workers.ts'

export type Serving = { origin: string; where: string; tools: Started['tools']; close(): Promise<void> }

type Options = {
  withWorkers?: boolean
  report?: (error: unknown) => void
  /** Ends the wait for a database that is away. */
  stop?: AbortSignal
}

/**
 * Answers HTTP, and unless told otherwise does the background work too. The public page answers first and last:
 * it comes from files, so it is there while the database is still starting, and when it is gone.
 */
export async function serve(
  config: Config,
  { withWorkers = true, report = logError, stop }: Options = {},
): Promise<Serving> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step().catch(report)
  }
  let answer: RequestListener = notYet
  let site: PublicServer | null = null
  const server = createServer((request, response) => {
    if (!site?.handle(request, response)) answer(request, response)
  })
  const port = await listen(server, config)
  closing.push(() => closeServer(server))
  const origin = config.public_origin ?? `http://localhost:${port}`

  try {
    const folder = path.join(config.data, 'public')
    site = await createPublicServer({ folder, origin, clock: () => new Date(), demo: config.mode === 'demo' })
    const settled: Config = { ...config, port }

    const started = await startPatiently(settled, { site, report, stop })
    closing.push(started.close)
    const { tools, auth, store } = started
    closing.push(await noteWebOrigin(config, origin))
    if (config.mode === 'demo') await loadDemo(tools)
    else await refuseDemoAccounts(tools.db)

    const hub: Hub = openHub(store.app)
    closing.push(hub.close)
    const readings = openReadings({ ...tools, report })
    const denials = openDenials({ ...tools, report })
    closing.push(readings.settled, denials.close)
    closing.push(keepPublicPage({ tools, hub, site, report }))
    const workers = withWorkers ? await startWorkers({ tools, hub, access: store.app, report }) : null
    if (workers) closing.push(workers.close)
    const app = createApp({
      tools,
      auth,
      hub,
      readings,
      denials,
      report,
      refused: config.mode === 'demo' ? (line) => console.error(line) : undefined,
      workers: () => workers?.problems() ?? [],
      public_problems: () => site?.problems() ?? [],
    })
    answer = getRequestListener(app.fetch)
    return { origin, where: store.where, tools, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A database that is elsewhere may come up after us: the public page answers meanwhile. */
async function startPatiently(
  config: Config,
  { site, report, stop }: { site: PublicServer; report: (error: unknown) => void; stop: AbortSignal | undefined },
): Promise<Started> {
  for (let tries = 0; ; tries++) {
    try {
      return await start(config)
    } catch (error) {
      if (!config.database_url || !isUnreachable(error)) throw error
      if (tries === 0)
        report(new Error('The database cannot be reached; trying again every 2 seconds.', { cause: error }))
      await site.tick(new Date(), false)
      await wait(2000, undefined, stop && { signal: stop })
    }
  }
}

async function refuseDemoAccounts(db: Started['tools']['db']) {
  const demo = await db.selectFrom('person').select('email').where('is_demo', '=', true).limit(1).executeTakeFirst()
  if (demo)
    throw new NotConfigured(
      'This database holds demo accounts whose password is public. Use an empty database for production (DATABASE_URL, NOROSHI_DATA).',
    )
}

const notYet: RequestListener = (request, response) => {
  const is_alive = request.url === '/healthz'
  response.writeHead(is_alive ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' })
  response.end(
    is_alive
      ? 'ok'
      : '起動しています。数秒後にもう一度開いてください。/ Starting. Please try again in a few seconds.\n',
  )
}

async function listen(server: Server, { host, port }: Config): Promise<number> {
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new NotConfigured(
              `Port ${port} on ${host} is in use, perhaps by another Noroshi. Choose another one, e.g. PORT=${port + 1}`,
            )
          : error.code === 'EACCES'
            ? new NotConfigured(`Port ${port} needs special rights. Choose one above 1024, e.g. PORT=3000`)
            : error,
      ),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

async function closeServer(server: Server) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Open event streams never end by themselves.
  server.closeAllConnections()
  await closed
}

export function logError(error: unknown) {
  console.error(new Date().toISOString(), error)
}
