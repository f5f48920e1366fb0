import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { accountRoutes } from '#access/account/index.ts'
import { sessionRoutes } from '#access/sessions/index.ts'
import { accessRoutes, bringBack, keepUnsent } from '#access/sign-in/index.ts'
import { ssoRoutes, ssoWayRoutes } from '#access/sso/index.ts'
import { callRoutes } from '#asking/calls/index.ts'
import { fileIntakeRoutes } from '#asking/file-intake/index.ts'
import { gatewayRoutes, linkRoutes, replyRoutes } from '#asking/replies/index.ts'
import { roundRoutes } from '#asking/rounds/index.ts'
import { packRoutes } from '#command-centre/pack/index.ts'
import { reopeningRoutes } from '#command-centre/reopening/index.ts'
import { commandCentreRoutes, institutionPageRoutes, whatWaitsIn } from '#command-centre/workspace/index.ts'
import { deliveryRoutes } from '#delivery/deliveries/index.ts'
import { pushRoutes } from '#delivery/push/index.ts'
import { demoRoutes } from '#demo/index.ts'
import { attestationRoutes } from '#directory/attestation/index.ts'
import { contactPointRoutes } from '#directory/contact-points/index.ts'
import { contactRoutes } from '#directory/contacts/index.ts'
import { exchangeRoutes } from '#directory/exchange/index.ts'
import { institutionRoutes } from '#directory/institutions/index.ts'
import { directoryRoutes } from '#directory/search/index.ts'
import { improvementRoutes } from '#forum/improvements/index.ts'
import type { Auth } from '#ground/auth/auth.ts'
import { answers } from '#ground/db/answers.ts'
import { isUnreachable } from '#ground/db/database.ts'
import { BodyRefused } from '#ground/html/body-refused.ts'
import { ProblemPage } from '#ground/html/problem-page.tsx'
import type { Hub } from '#ground/live/hub.ts'
import { liveRoutes } from '#ground/live/routes.ts'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import { signedIn } from '#ground/tools/signed-in.ts'
import { type AppEnv, page, type Tools } from '#ground/tools/tools.ts'
import { trailRoutes } from '#ground/trail/routes.tsx'
import { proposalRoutes } from '#hazards/proposals/index.ts'
import { officialNoticeRoutes } from '#library/official-notices/index.ts'
import { breakGlassEntryRoutes, breakGlassRoutes } from '#people/break-glass/index.ts'
import { entryRoutes, invitationRoutes, recoveryRoutes } from '#people/invitations/index.ts'
import { deskEntryRoutes, peopleRoutes, rightsRoutes } from '#people/roles/index.ts'
import { publicationRoutes } from '#public/publication/index.ts'
import { topPageRoutes } from '#public/top-page/index.ts'
import { rosterRoutes } from '#rosters/roster/index.ts'
import { activationRoutes } from '#status/activations/index.ts'
import { boardRoutes } from '#status/board/index.ts'
import { memberViewRoutes } from '#status/member-view/index.ts'
import { operatingRoutes } from '#status/operating/index.ts'
import { reportRoutes, waitingRoutes } from '#status/reports/index.ts'
import { situationRoutes } from '#status/situations/index.ts'
import { audienceRoutes } from '#telling/audience/index.ts'
import { inboxRoutes } from '#telling/inbox/index.ts'
import { ladderRoutes } from '#telling/ladders/index.ts'
import { noticeRoutes } from '#telling/notices/index.ts'
import { templateRoutes } from '#telling/templates/index.ts'
import { assets } from './assets.ts'
import { BodyRefusedPage, busy_seconds, codesOfBodies } from './body-refused-page.tsx'
import type { Room } from './body-room.ts'
import { compress } from './compress.ts'
import { type Denials, hasId, openDenials } from './denials.ts'
import { forMachines } from './for-machines.ts'
import { enrolled, reader } from './reader.ts'
import { openReadings, type Readings } from './readings.ts'
import { isGone } from './report.ts'
import { sameSite } from './same-site.ts'
import { type BodyTimes, takeBody } from './take-body.ts'
import { whyRefused } from './why-refused.ts'

/** What PostgreSQL says of an address with something else than an id in it: no uuid, or no text at all. */
const isNoSuchId = (error: Error) => ['22P02', '22021'].includes((error as { code?: string }).code ?? '')

const patience_ms = 1000

export type Parts = {
  tools: Tools
  auth: Auth
  hub: Hub
  /** Whoever waits for what they still have to write, when it closes, passes its own. */
  readings?: Readings
  denials?: Denials
  /** How much of what is sent is taken at once, and in which time; a test has less of both. */
  bodies?: { room?: Room; times?: BodyTimes }
  /** What is wrong with the files of the public page; empty when all is well. */
  public_problems?: () => string[]
  /** What the program cannot do now, in a few words each; empty when all is well. */
  problems?: () => readonly string[]
  /** Told of an error nobody expected. */
  report: (error: unknown) => void
  /** Told in a line why a request was refused. For a demo's terminal and for tests: in production nobody is. */
  refused?: ((line: string) => void) | undefined
}

export function createApp(parts: Parts) {
  const { tools, auth, hub, public_problems = () => [], problems = () => [], report, refused, bodies } = parts
  const { readings = openReadings({ ...tools, report }), denials = openDenials({ ...tools, report }) } = parts
  const app = new Hono<AppEnv>()
  const is_secure = tools.origin.startsWith('https:')

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
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
      },
      xFrameOptions: 'SAMEORIGIN',
      referrerPolicy: 'same-origin',
      strictTransportSecurity: is_secure ? 'max-age=63072000; includeSubDomains' : false,
    }),
  )
  app.use(async (c, next) => {
    c.set('tools', tools)
    c.set('auth', auth)
    c.set('public_problems', public_problems)
    c.set('problems', problems)
    c.set('language', 'ja')
    c.set('reader', null)
    c.set('must_enrol', false)
    c.set('session', null)
    c.set('ended', null)
    c.set('open', [])
    c.header('cache-control', 'no-store')
    await next()
  })
  app.route('/', assets)
  app.route('/', forMachines)
  app.use(sameSite)
  app.use(reader)
  app.use(enrolled)
  app.use(takeBody(bodies))
  app.route('/', liveRoutes(hub))
  app.use(compress)

  app.route('/', accessRoutes)
  app.route('/', ssoWayRoutes)
  app.route('/', entryRoutes)
  app.route('/', breakGlassEntryRoutes)
  app.route('/', linkRoutes)
  app.route('/', gatewayRoutes)
  app.route('/', waitingRoutes)
  // What comes before this is for nobody in particular; what comes after it is sent by people who have signed in.
  app.use(keepUnsent)
  if (tools.config.mode === 'demo') app.route('/', demoRoutes)
  app.use(signedIn)
  app.use(bringBack)
  app.route('/', accountRoutes)
  app.route('/', pushRoutes)
  app.use(whatWaitsIn)
  app.use(readings.watch)
  app.route('/', sessionRoutes)
  app.route('/', situationRoutes)
  app.route('/', commandCentreRoutes)
  app.route('/', reopeningRoutes)
  app.route('/', proposalRoutes)
  app.route('/', roundRoutes)
  app.route('/', reportRoutes)
  app.route('/', boardRoutes)
  app.route('/', activationRoutes)
  app.route('/', memberViewRoutes)
  app.route('/', operatingRoutes)
  app.route('/', publicationRoutes)
  app.route('/', topPageRoutes)
  app.route('/', rosterRoutes)
  app.route('/', contactRoutes)
  app.route('/', institutionRoutes)
  app.route('/', institutionPageRoutes)
  app.route('/', directoryRoutes)
  app.route('/', contactPointRoutes)
  app.route('/', exchangeRoutes)
  app.route('/', attestationRoutes)
  app.route('/', deliveryRoutes)
  app.route('/', noticeRoutes)
  app.route('/', inboxRoutes)
  app.route('/', templateRoutes)
  app.route('/', ladderRoutes)
  app.route('/', officialNoticeRoutes)
  app.route('/', audienceRoutes)
  app.route('/', improvementRoutes)
  app.route('/', packRoutes)
  app.route('/', replyRoutes)
  app.route('/', fileIntakeRoutes)
  app.route('/', callRoutes)
  app.route('/', trailRoutes)
  app.route('/', ssoRoutes)
  app.route('/', invitationRoutes)
  app.route('/', recoveryRoutes)
  app.route('/', breakGlassRoutes)
  app.route('/', peopleRoutes)
  app.route('/', deskEntryRoutes)
  app.route('/', rightsRoutes)

  app.notFound((c) => {
    refused?.(whyRefused(c, 404, 'no such page'))
    return page(c, <ProblemPage code={404} />, 404)
  })
  app.onError(async (error, c) => {
    const by = c.var.reader
    const { pathname } = new URL(c.req.url)
    if (error instanceof NotFound || isNoSuchId(error)) {
      refused?.(whyRefused(c, 404, error.message))
      if (by && hasId(pathname)) await denials.notFound(by, pathname, c.req.method)
      return page(c, <ProblemPage code={404} />, 404)
    }
    if (error instanceof NotAllowed) {
      refused?.(whyRefused(c, 403, error.message))
      if (by) await denials.refused(by, pathname, c.req.method)
      return page(c, <ProblemPage code={403} />, 403)
    }
    if (error instanceof BodyRefused) {
      if (error.why === 'busy') c.header('retry-after', String(busy_seconds))
      return page(c, <BodyRefusedPage refused={error} />, codesOfBodies[error.why])
    }
    if (error instanceof HTTPException && error.status < 500) return page(c, <ProblemPage code={422} />, 422)
    // Nobody is there to read an answer.
    if (isGone(error)) return c.body(null, 400)
    report(error)
    // The sign-in library hides why it failed; what fails while the database is away fails because of that.
    if (isUnreachable(error) || !(await answers(tools.db, patience_ms))) return page(c, <ProblemPage code={503} />, 503)
    return page(c, <ProblemPage code={500} />, 500)
  })
  return app
}
