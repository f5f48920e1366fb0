import { Hono } from 'hono'
import { latestRound, roundAlarms } from '#asking/rounds/index.ts'
import { reopeningState } from '#command-centre/reopening/index.ts'
import { attestationNotice } from '#directory/attestation/index.ts'
import { contactNotice } from '#directory/contacts/index.ts'
import { waitingExchanges } from '#directory/exchange/index.ts'
import { improvementsAbout } from '#forum/improvements/index.ts'
import { clocksApart } from '#ground/db/clocks-apart.ts'
import { dayAt } from '#ground/html/day.tsx'
import { paged } from '#ground/lists/paged.ts'
import { firstPage, partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { openProposals } from '#hazards/proposals/index.ts'
import { inForceFor } from '#library/official-notices/index.ts'
import { recentUses } from '#people/break-glass/index.ts'
import { overdueGrants } from '#people/roles/index.ts'
import { lastPublication } from '#public/publication/index.ts'
import { mastheadOf } from '#public/top-page/index.ts'
import { entriesIn, marketsOf, statesAt } from '#status/activations/index.ts'
import { centreActs, changesOf, proposalsIn, readSituation } from '#status/situations/index.ts'
import { waitingFor } from '#telling/inbox/index.ts'
import { noticesLike, noticesWaiting } from '#telling/notices/index.ts'
import { closeRoutes } from './close-routes.tsx'
import { HomePage } from './home-page.tsx'
import { logKinds, situationLog } from './log.ts'
import { LogPage } from './log-part.tsx'
import { gatheringAudience, intake, ownReports, progressOf, situationsAtWork } from './queries.ts'
import { heldSending, resumeSending } from './resume-sending.ts'
import { SituationPage } from './situation-page.tsx'
import { suspicionFor } from './suspicion.ts'
import { roundsIn, troublesIn } from './troubles.ts'
import { unready } from './unready.ts'
import { nextDue } from './what-waits.ts'
import { waitingIn } from './what-waits-in.ts'

const log_lines_shown = 12
const log_lines_per_page = 40
const notices_shown_max = 50

/** On the home page; all of them stand on a list of their own. */
const official_shown_max = 5

export const commandCentreRoutes = new Hono<AppEnv>()
commandCentreRoutes.route('/', closeRoutes)

commandCentreRoutes.get('/home', async (c) => {
  const by = readerOf(c)
  const { db, clock, config } = c.var.tools
  const sees_all = may(by, 'home.see-proposals')
  const situations = await situationsAtWork(c.var.tools, by, clock())
  const ids = situations.map(({ id }) => id)
  const sees_market = may(by, 'board.see-all')
  return page(
    c,
    <HomePage
      to_do={await waitingIn(c)}
      official={await inForceFor(db, by, dayAt(clock()), official_shown_max)}
      next_due={sees_market ? await nextDue(db, clock()) : null}
      proposals={sees_all ? await openProposals(db) : null}
      situations={situations}
      changes={await changesOf(db, ids)}
      bcps={await statesAt(db, 'actual', clock())}
      troubles={sees_market ? await troublesIn(db, ids) : []}
      rounds={sees_market ? await roundsIn(db, ids) : []}
      own={may(by, 'report.file') ? await ownReports(db, by) : null}
      apart_ms={sees_all ? await clocksApart(db) : null}
      suspicion={await suspicionFor(db, by)}
      intake={sees_all ? await intake(db, config.feeds, clock()) : null}
      unready={may(by, 'notice.release') ? await unready(db, config) : []}
      feeds_are_off={config.feeds.length === 0 || config.off.includes('feeds')}
      peacetime_reports={!config.off.includes('peacetime-reports')}
      held={may(by, 'delivery.see') ? await heldSending(db, clock()) : null}
      problems={may(by, 'publication.publish') ? c.var.problems() : []}
      public_problems={may(by, 'publication.publish') ? c.var.public_problems() : []}
      overdue_grants={may(by, 'role.review') ? await overdueGrants(db, clock()) : 0}
      links={(await mastheadOf(db))?.links ?? []}
      attestation={await attestationNotice(db, by)}
      exchanges_waiting={may(by, 'exchange.agree-own') ? await waitingExchanges(db, by) : 0}
      may_open={may(by, 'situation.open')}
      break_glass={may(by, 'rights.see') ? await recentUses(db, clock()) : []}
      round_alarms={may(by, 'board.see-all') ? await roundAlarms(db, clock()) : []}
      contacts={await contactNotice(db, by, clock())}
      notices={may(by, 'notice.release') ? await noticesWaiting(db, by) : null}
      waiting={may(by, 'notice.answer-own') ? await waitingFor(db, by.institution_id) : []}
    />,
  )
})

commandCentreRoutes.post('/sending', async (c) => {
  const by = readerOf(c)
  must(by, 'sending.resume')
  await resumeSending(c.var.tools, by)
  return c.redirect('/home', 303)
})

commandCentreRoutes.get('/situations/:id', async (c) => {
  const by = readerOf(c)
  must(by, 'situation.see')
  const { db, config, clock } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  const sees_all = may(by, 'board.see-all')
  const notices = may(by, 'notice.see')
    ? await paged(noticesLike(db, by, { situation_id: situation.id }), firstPage, notices_shown_max)
    : null
  return page(
    c,
    <SituationPage
      situation={situation}
      to_do={(await waitingIn(c)).filter(({ situation_id }) => situation_id === situation.id)}
      changes={await changesOf(db, [situation.id])}
      bcps={await statesAt(db, situation.mode, situation.closed_at ?? clock())}
      bcp_entries={await entriesIn(db, situation.id)}
      bcps_to_enter={situation.closed_at ? [] : await marketsOf(db, by)}
      proposals={may(by, 'home.see-proposals') ? await proposalsIn(db, situation) : []}
      round={sees_all ? await latestRound(db, situation.id) : null}
      progress={await progressOf(c.var.tools, by, situation, clock())}
      published_at={(await lastPublication(db, situation.id))?.published_at ?? null}
      log={sees_all ? await situationLog(db, situation, { kind: null, per_page: log_lines_shown }) : null}
      centre={sees_all ? await centreActs(db, situation.id) : []}
      audience={may(by, 'audience.see') ? await gatheringAudience(db, situation, clock()) : null}
      may_change={may(by, 'situation.change')}
      may_publish={may(by, 'publication.publish') && !config.off.includes('publication')}
      may_report={may(by, 'report.file')}
      notices={notices}
      may_write={may(by, 'notice.draft')}
      improvements={await improvementsAbout(db, by, `/situations/${situation.id}`)}
      may_improve={may(by, 'improvement.edit')}
      may_see_board={sees_all || situation.returned_at !== null}
      reopening={await reopeningState(db, situation.id)}
      may_reopen={may(by, 'situation.reopen')}
    />,
  )
})

commandCentreRoutes.get('/situations/:id/log', async (c) => {
  must(readerOf(c), 'board.see-all')
  const { db } = c.var.tools
  const situation = await readSituation(db, c.req.param('id'))
  const kind = logKinds.find((each) => each === c.req.query('kind')) ?? null
  const log = await situationLog(db, situation, { kind, wanted: partAsked(c), per_page: log_lines_per_page })
  return page(c, <LogPage {...{ situation, log, kind }} />)
})
