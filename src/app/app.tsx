import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { type Auth, accessRoutes, NotAllowed, NotFound, sessionRoutes } from '#access/index.ts'
import { commandCentreRoutes } from '#command-centre/index.ts'
import { contactRoutes } from '#contacts/index.ts'
import { answers } from '#db/answers.ts'
import { isUnreachable } from '#db/database.ts'
import { demoRoutes } from '#demo/index.ts'
import { ProblemPage } from '#html/problem-page.tsx'
import { institutionRoutes } from '#institutions/index.ts'
import type { Hub } from '#live/hub.ts'
import { liveRoutes } from '#live/routes.ts'
import { officialNoticeRoutes } from '#official-notices/index.ts'
import { packRoutes } from '#pack/index.ts'
import { proposalRoutes } from '#proposals/index.ts'
import { publicationRoutes } from '#publication/index.ts'
import { rosterRoutes } from '#roster/index.ts'
import { roundRoutes } from '#rounds/index.ts'
import { situationRoutes } from '#situations/index.ts'
import { statusRoutes } from '#status/index.ts'
import { record, trailRoutes } from '#trail/index.ts'
import { assets } from './assets.ts'
import { notReady } from './health.ts'
import { reader, signedIn } from './reader.ts'
import { sameSite } from './same-site.ts'
import { type AppEnv, page, type Tools } from './tools.ts'

/** What PostgreSQL says of an address with something else than an id in it: no uuid, or no text at all. */
const isNoSuchId = (error: Error) => ['22P02', '22021'].includes((error as { code?: string }).code ?? '')

const patience_ms = 1000
/** A notice of 20,000 characters is sent as 180 KB; only a roster comes as a file. */
const form_bytes_max = 512 * 1024
const roster_bytes_max = 6 * 1024 * 1024
const bodyOf = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413)
    },
  })

export type Parts = {
  tools: Tools
  auth: Auth
  hub: Hub
  /** What the workers of this process cannot do now; empty when all is well. */
  workers: () => string[]
  /** What is wrong with the files of the public page; empty when all is well. */
  public_problems?: () => string[]
  /** Told of an error nobody expected. */
  report: (error: unknown) => void
}

export function createApp({ tools, auth, hub, workers, public_problems = () => [], report }: Parts) {
  const app = new Hono<AppEnv>()
  const isSecure = tools.origin.startsWith('https:')

  app.use(
    secureHeaders({
      // A route that shows what others wrote sets a policy of its own, stricter than this one.
      overwrite: false,
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
      },
      xFrameOptions: 'SAMEORIGIN',
      referrerPolicy: 'same-origin',
      strictTransportSecurity: isSecure ? 'max-age=63072000; includeSubDomains' : false,
    }),
  )
  app.get('/healthz', (c) => c.text('ok'))
  app.use(async (c, next) => {
    c.set('tools', tools)
    c.set('auth', auth)
    c.set('public_problems', public_problems)
    c.set('language', 'ja')
    c.set('reader', null)
    c.set('session', null)
    c.set('ended', null)
    c.set('open', [])
    c.header('cache-control', 'no-store')
    await next()
  })
  app.route('/', assets)
  app.get('/readyz', async (c) => {
    const problems = await notReady(tools.db, hub, workers)
    return problems.length === 0 ? c.text('ready') : c.text(`not ready: ${problems.join(', ')}`, 503)
  })
  app.use(sameSite)
  const [form, roster] = [bodyOf(form_bytes_max), bodyOf(roster_bytes_max)]
  app.use((c, next) => (c.req.path === '/institutions/import' ? roster : form)(c, next))
  app.use(reader)
  app.route('/', liveRoutes(hub))
  app.use(compress())

  app.route('/', accessRoutes)
  if (tools.config.mode === 'demo') app.route('/', demoRoutes)
  app.use(signedIn)
  app.route('/', sessionRoutes)
  app.route('/', situationRoutes)
  app.route('/', commandCentreRoutes)
  app.route('/', proposalRoutes)
  app.route('/', roundRoutes)
  app.route('/', statusRoutes)
  app.route('/', publicationRoutes)
  // Before the institutions: their page would take /institutions/import for an id.
  app.route('/', rosterRoutes)
  app.route('/', contactRoutes)
  app.route('/', institutionRoutes)
  app.route('/', officialNoticeRoutes)
  app.route('/', packRoutes)
  app.route('/', trailRoutes)

  app.notFound((c) => page(c, <ProblemPage code={404} />, 404))
  app.onError(async (error, c) => {
    if (error instanceof NotFound || isNoSuchId(error)) return page(c, <ProblemPage code={404} />, 404)
    if (error instanceof NotAllowed) {
      const by = c.var.reader
      if (by)
        await tools.whole
          .transaction()
          .execute((tx) =>
            record(tx, by, tools.clock(), {
              action: 'access.denied',
              about: new URL(c.req.url).pathname.slice(0, 200),
              details: { method: c.req.method },
            }),
          )
          .catch(report)
      return page(c, <ProblemPage code={403} />, 403)
    }
    if (error instanceof HTTPException && error.status < 500)
      return page(c, <ProblemPage code={error.status === 413 ? 413 : 422} />, error.status === 413 ? 413 : 422)
    report(error)
    // The sign-in library hides why it failed; what fails while the database is away fails because of that.
    if (isUnreachable(error) || !(await answers(tools.db, patience_ms))) return page(c, <ProblemPage code={503} />, 503)
    return page(c, <ProblemPage code={500} />, 500)
  })
  return app
}
