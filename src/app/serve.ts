import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { loadDemo } from '#demo/index.ts'
import { NotConfigured, type Settings, Unwell } from '#ground/config/config.ts'
import { noteWebOrigin } from '#ground/config/web-origin.ts'
import { type Hub, openHub } from '#ground/live/hub.ts'
import { createPublicServer, type PublicServer } from '#public/site/index.ts'
import { createApp } from './app.tsx'
import { openDenials } from './denials.ts'
import { drain } from './drain.ts'
import { createFront } from './front.ts'
import { openHealth } from './health.ts'
import { keepPublicPage } from './keep-public-page.ts'
import { listen } from './listen.ts'
import type { Patience } from './patiently.ts'
import { createProbes } from './probes.ts'
import { openReadings } from './readings.ts'
import { openReport, type Report } from './report.ts'
import { type Started, start } from './start.ts'
import { startWorkers } from './workers.ts'

export type Serving = { origin: string; where: string; tools: Started['tools']; close(): Promise<void> }

type Options = {
  withWorkers?: boolean
  report?: Report
  /** Ends the wait for a database that is away. */
  stop?: AbortSignal
}

/**
 * Answers HTTP, and unless told otherwise does the background work too. The public page answers first and last:
 * it comes from files, so it is there while the database is still starting, and when it is gone.
 */
export async function serve(
  config: Settings,
  { withWorkers = true, report = openReport(), stop }: Options = {},
): Promise<Serving> {
  const closing: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step().catch(report)
  }
  let site: PublicServer | undefined
  const probes = createProbes(() => site?.isKnown('actual') ?? false)
  const front = createFront({ probes })
  const { server } = front
  const port = await listen(server, config)
  const origin = config.public_origin ?? `http://localhost:${port}`
  let hub: Hub | undefined

  try {
    const folder = path.join(config.data, 'public')
    site = await createPublicServer({ folder, origin, clock: () => new Date(), demo: config.mode === 'demo' })
    front.open(site)

    const started = await startPatiently({ ...config, port }, { site, report, stop, onProblem: probes.cannotStart })
    closing.push(started.close)
    const { tools, auth, store } = started
    closing.push(await noteWebOrigin(config, origin, report.line))
    if (config.mode === 'demo') await loadDemo(tools)
    else await refuseDemoAccounts(tools.db)

    hub = openHub(store.app)
    closing.push(hub.close)
    const readings = openReadings({ ...tools, report })
    const denials = openDenials({ ...tools, report })
    closing.push(readings.settled, denials.close)
    closing.push(keepPublicPage({ tools, hub, site, report }))
    // All else is there already, and the public page goes on.
    const patience: Patience = {
      ...{ for_ms: Number.POSITIVE_INFINITY, mayPass: (error) => error instanceof Unwell, say: report.line, stop },
      meanwhile: async (error) => probes.cannotStart(`mail${reasonOf(error)}`),
    }
    const workers = withWorkers ? await startWorkers({ tools, hub, access: store.app, report, patience }) : null
    if (workers) closing.push(workers.close)
    const health = openHealth({ tools, hub, site, workers: () => workers?.problems() ?? [] })
    closing.push(health.close)
    const app = createApp({
      tools,
      auth,
      hub,
      readings,
      denials,
      report,
      refused: config.mode === 'demo' ? (line) => console.error(line) : undefined,
      public_problems: () => site?.problems() ?? [],
      problems: health.known,
    })
    front.answerWith(getRequestListener(app.fetch))
    probes.ready(health.problems)
    closing.push(() => drain(server, { probes, hub, wait_ms: config.drain_ms }))
    return { origin, where: store.where, tools, close }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    await close()
    throw error
  }
}

/**
 * A database that is elsewhere may come up after us, and what is wrong with the disk below the embedded one may be mended: the
 * public page answers meanwhile. Only who has no page to show ends and says why.
 */
async function startPatiently(
  config: Settings,
  {
    site,
    report,
    stop,
    onProblem,
  }: { site: PublicServer; report: Report; stop: AbortSignal | undefined; onProblem: (reason: string) => void },
): Promise<Started> {
  const mayPass = (error: unknown) => error instanceof Unwell && site.isKnown('actual')
  return start(config, {
    as: 'service',
    for_ms: Number.POSITIVE_INFINITY,
    mayPass,
    say: report.line,
    stop,
    async meanwhile(error) {
      onProblem(`database${reasonOf(error)}`)
      await site.tick(new Date(), false)
    },
  })
}

const reasonOf = (error: unknown) => (error instanceof Unwell ? ` (${error.reason})` : '')

async function refuseDemoAccounts(db: Started['tools']['db']) {
  const demo = await db.selectFrom('person').select('email').where('is_demo', '=', true).limit(1).executeTakeFirst()
  if (demo)
    throw new NotConfigured(
      'This database holds demo accounts whose password is public. Use an empty database for production (DATABASE_URL, NOROSHI_DATA).',
    )
}
